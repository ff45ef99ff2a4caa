/** How fast Bits of Binary are, kept or over a real server, and what hostile streams cost. */
module dev.bobbin.benchmarks {
  requires com.github.benmanes.caffeine;
  requires dev.bobbin.store.jsonfile;
  requires dev.bobbin.store.memory;
  requires dev.bobbin.testservers;
  requires dev.bobbin.xmpp.api;
  requires dev.bobbin.xmpp.bob;
  requires dev.bobbin.xmpp.core;
  requires java.management;
  requires jdk.management;
  requires static org.jspecify;
}
