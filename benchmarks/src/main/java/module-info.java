/** How fast Bits of Binary are from one client to another over a real server. */
module dev.bobbin.benchmarks {
  requires dev.bobbin.testservers;
  requires dev.bobbin.xmpp.api;
  requires dev.bobbin.xmpp.bob;
  requires dev.bobbin.xmpp.core;
  requires java.management;
  requires jdk.management;
  requires static org.jspecify;
}
