/** Tests with real servers and a stranger's client, as an application sees them. */
open module dev.bobbin.interop {
  requires dev.bobbin.store.memory;
  requires dev.bobbin.testservers;
  requires dev.bobbin.xmpp.bob;
  requires dev.bobbin.xmpp.caps;
  requires dev.bobbin.xmpp.core;
  requires dev.bobbin.xmpp.disco;
  requires dev.bobbin.xmpp.testkit;
  requires org.assertj.core;
  requires org.junit.jupiter.api;
  requires org.junit.jupiter.params;
  requires tools.jackson.core;
}
