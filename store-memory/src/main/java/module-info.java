/** A bounded store of Bits of Binary in memory. */
module dev.bobbin.store.memory {
  requires transitive dev.bobbin.xmpp.bob;
  requires static org.jspecify;

  exports dev.bobbin.store.memory;

  provides dev.bobbin.xmpp.bob.spi.BobStoreProvider with
      dev.bobbin.store.memory.MemoryBobStoreProvider;
}
