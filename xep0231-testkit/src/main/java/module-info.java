/** What a store of Bits of Binary is, as JUnit tests that the author of a store subclasses. */
module dev.bobbin.xmpp.bob.testkit {
  requires transitive dev.bobbin.xmpp.bob;
  requires transitive org.assertj.core;
  requires transitive org.junit.jupiter.api;
  requires static transitive org.jspecify;

  exports dev.bobbin.xmpp.bob.testkit;

  // JUnit calls the tests of BobStoreContract, which are not public.
  opens dev.bobbin.xmpp.bob.testkit;
}
