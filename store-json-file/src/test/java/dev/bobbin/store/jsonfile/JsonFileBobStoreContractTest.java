package dev.bobbin.store.jsonfile;

import dev.bobbin.xmpp.bob.spi.BobStoreProvider;
import dev.bobbin.xmpp.bob.testkit.BobStoreContract;
import dev.bobbin.xmpp.bob.testkit.StoreTraits;

class JsonFileBobStoreContractTest extends BobStoreContract {
  @Override
  protected BobStoreProvider provider() {
    return new JsonFileBobStoreProvider();
  }

  @Override
  protected StoreTraits traits() {
    return StoreTraits.persistent()
        .placedBy("directory")
        .boundedBy("max-entries", "10")
        .noChecksum("the Python programs that share its files write none")
        .tellsDamage();
  }
}
