package dev.bobbin.store.memory;

import dev.bobbin.xmpp.bob.spi.BobStoreProvider;
import dev.bobbin.xmpp.bob.testkit.BobStoreContract;
import dev.bobbin.xmpp.bob.testkit.StoreTraits;

class MemoryBobStoreContractTest extends BobStoreContract {
  @Override
  protected BobStoreProvider provider() {
    return new MemoryBobStoreProvider();
  }

  @Override
  protected StoreTraits traits() {
    return StoreTraits.notPersistent("it is in memory")
        .oneProcess("each process has its own memory")
        .boundedBy("max-entries", "20");
  }
}
