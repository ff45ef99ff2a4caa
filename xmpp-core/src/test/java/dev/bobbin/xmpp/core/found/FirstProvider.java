package dev.bobbin.xmpp.core.found;

import dev.bobbin.xmpp.api.plugin.XmppPlugin;
import dev.bobbin.xmpp.api.plugin.XmppPluginProvider;
import dev.bobbin.xmpp.core.TestPlugin;

public final class FirstProvider implements XmppPluginProvider {
  @Override
  public String name() {
    return "first";
  }

  @Override
  public XmppPlugin create() {
    return new TestPlugin("first", "second");
  }
}
