package dev.bobbin.xmpp.core.found;

import dev.bobbin.xmpp.api.plugin.XmppPlugin;
import dev.bobbin.xmpp.api.plugin.XmppPluginProvider;
import dev.bobbin.xmpp.core.TestPlugin;

public final class LyingProvider implements XmppPluginProvider {
  @Override
  public String name() {
    return "promised";
  }

  @Override
  public XmppPlugin create() {
    return new TestPlugin("delivered");
  }
}
