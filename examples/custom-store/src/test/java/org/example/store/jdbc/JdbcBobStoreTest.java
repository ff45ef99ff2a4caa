package org.example.store.jdbc;

import dev.bobbin.xmpp.bob.spi.BobStoreProvider;
import dev.bobbin.xmpp.bob.testkit.BobStoreContract;
import dev.bobbin.xmpp.bob.testkit.StoreTraits;

class JdbcBobStoreTest extends BobStoreContract {
  @Override
  protected BobStoreProvider provider() {
    return new JdbcBobStoreProvider();
  }

  @Override
  protected StoreTraits traits() {
    return StoreTraits.persistent().placedBy("file");
  }
}
