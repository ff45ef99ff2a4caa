package dev.bobbin.xmpp.caps.internal;

import dev.bobbin.xmpp.api.plugin.XmppPlugin;
import dev.bobbin.xmpp.api.plugin.XmppPluginProvider;
import dev.bobbin.xmpp.caps.CapsPlugin;

/** Makes the plugin for clients that find it on the path. */
public final class CapsPluginProvider implements XmppPluginProvider {
  /** For {@link java.util.ServiceLoader}. */
  public CapsPluginProvider() {}

  @Override
  public String name() {
    return CapsPlugin.NAME;
  }

  @Override
  public XmppPlugin create() {
    return new CapsPlugin();
  }
}
