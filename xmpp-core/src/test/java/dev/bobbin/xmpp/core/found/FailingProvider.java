package dev.bobbin.xmpp.core.found;

import dev.bobbin.xmpp.api.plugin.XmppPlugin;
import dev.bobbin.xmpp.api.plugin.XmppPluginProvider;

public final class FailingProvider implements XmppPluginProvider {
  @Override
  public String name() {
    return "failing";
  }

  @Override
  public XmppPlugin create() {
    throw new IllegalStateException("no room");
  }
}
