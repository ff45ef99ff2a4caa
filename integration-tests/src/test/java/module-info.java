/** Tests of the whole stack, as an application sees it. */
open module dev.bobbin.integration {
  requires dev.bobbin.store.jsonfile;
  requires dev.bobbin.store.memory;
  requires dev.bobbin.testservers;
  requires dev.bobbin.xmpp.bob;
  requires dev.bobbin.xmpp.caps;
  requires dev.bobbin.xmpp.core;
  requires dev.bobbin.xmpp.disco;
  requires dev.bobbin.xmpp.testkit;
  requires jdk.management;
  requires org.assertj.core;
  requires org.junit.jupiter.api;
  requires org.junit.jupiter.params;
}
