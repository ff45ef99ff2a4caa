package dev.bobbin.xmpp.bob.internal;

import dev.bobbin.xmpp.api.plugin.XmppPlugin;
import dev.bobbin.xmpp.api.plugin.XmppPluginProvider;
import dev.bobbin.xmpp.bob.plugin.BobPlugin;

/** Makes the plugin for clients that find it on the path. */
public final class BobPluginProvider implements XmppPluginProvider {
  /** For {@link java.util.ServiceLoader}. */
  public BobPluginProvider() {}

  @Override
  public String name() {
    return BobPlugin.NAME;
  }

  @Override
  public XmppPlugin create() {
    return BobPlugin.builder().build();
  }
}
