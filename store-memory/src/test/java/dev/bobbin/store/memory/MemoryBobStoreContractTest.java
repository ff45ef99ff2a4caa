package dev.bobbin.store.memory;

import dev.bobbin.xmpp.bob.spi.BobStoreProvider;
import dev.bobbin.xmpp.bob.testkit.BobStoreContract;
import dev.bobbin.xmpp.bob.testkit.Persistence;

class MemoryBobStoreContractTest extends BobStoreContract {
  @Override
  protected BobStoreProvider provider() {
    return new MemoryBobStoreProvider();
  }

  @Override
  protected Persistence persistence() {
    return Persistence.notPersistent("it is in memory");
  }
}
