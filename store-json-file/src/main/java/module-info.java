/** A crash-safe store of Bits of Binary: one JSON file for each content-id. */
module dev.bobbin.store.jsonfile {
  requires transitive dev.bobbin.xmpp.bob;
  requires static org.jspecify;
  requires org.slf4j;
  requires tools.jackson.core;

  exports dev.bobbin.store.jsonfile;

  provides dev.bobbin.xmpp.bob.spi.BobStoreProvider with
      dev.bobbin.store.jsonfile.JsonFileBobStoreProvider;
}
