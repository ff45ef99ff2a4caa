/** How fast Bits of Binary are over a real server, and what hostile streams cost a client. */
module dev.bobbin.benchmarks {
  requires dev.bobbin.testservers;
  requires dev.bobbin.xmpp.api;
  requires dev.bobbin.xmpp.bob;
  requires dev.bobbin.xmpp.core;
  requires java.management;
  requires jdk.management;
  requires static org.jspecify;
}
