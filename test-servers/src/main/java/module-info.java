/**
 * Real servers of XMPP, and of Redis, installed by the operating system's packages, as child
 * processes of tests.
 */
module dev.bobbin.testservers {
  requires transitive dev.bobbin.xmpp.api;
  requires static transitive org.jspecify;
  requires transitive org.opentest4j;
  requires java.xml;

  exports dev.bobbin.testservers;
}
