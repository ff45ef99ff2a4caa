package dev.bobbin.xmpp.disco.internal;

import dev.bobbin.xmpp.api.plugin.XmppPlugin;
import dev.bobbin.xmpp.api.plugin.XmppPluginProvider;
import dev.bobbin.xmpp.disco.DiscoPlugin;

/** Makes the plugin for clients that find it on the path. */
public final class DiscoPluginProvider implements XmppPluginProvider {
  /** For {@link java.util.ServiceLoader}. */
  public DiscoPluginProvider() {}

  @Override
  public String name() {
    return DiscoPlugin.NAME;
  }

  @Override
  public XmppPlugin create() {
    return new DiscoPlugin();
  }
}
