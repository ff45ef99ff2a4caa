package dev.bobbin.xmpp.core.found;

import dev.bobbin.xmpp.api.plugin.XmppPlugin;
import dev.bobbin.xmpp.api.plugin.XmppPluginProvider;
import dev.bobbin.xmpp.core.TestPlugin;

public final class SecondProvider implements XmppPluginProvider {
  @Override
  public String name() {
    return "second";
  }

  @Override
  public XmppPlugin create() {
    return new TestPlugin("second");
  }
}
