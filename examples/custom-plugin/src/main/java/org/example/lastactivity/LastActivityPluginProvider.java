package org.example.lastactivity;

import dev.bobbin.xmpp.api.plugin.XmppPlugin;
import dev.bobbin.xmpp.api.plugin.XmppPluginProvider;

/** Makes the plugin for clients that find it on the path. */
public final class LastActivityPluginProvider implements XmppPluginProvider {
  /** For {@link java.util.ServiceLoader}. */
  public LastActivityPluginProvider() {}

  @Override
  public String name() {
    return LastActivityPlugin.NAME;
  }

  @Override
  public XmppPlugin create() {
    return new LastActivityPlugin();
  }
}
