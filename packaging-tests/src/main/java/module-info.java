/** An application that says what it finds and what works, however it is packed and started. */
module dev.bobbin.packaging {
  requires dev.bobbin.xmpp.bob;
  requires dev.bobbin.xmpp.core;
  requires static org.jspecify;

  uses dev.bobbin.xmpp.bob.spi.BobStoreProvider;
}
