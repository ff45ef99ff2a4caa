/** A small XMPP server in the test's own process, for tests and demonstrations. */
module dev.bobbin.xmpp.testkit {
  requires transitive dev.bobbin.xmpp.api;
  requires static org.jspecify;
  requires java.xml;

  exports dev.bobbin.xmpp.testkit;
}
