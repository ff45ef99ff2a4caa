/** For tests: a small XMPP server in the test's own process, and literal XML to compare with. */
module dev.bobbin.xmpp.testkit {
  requires transitive dev.bobbin.xmpp.api;
  requires static org.jspecify;
  requires java.xml;

  exports dev.bobbin.xmpp.testkit;
}
