package dev.bobbin.xmpp.bob.testkit;

import dev.bobbin.xmpp.api.plugin.Setting;
import dev.bobbin.xmpp.bob.spi.BobStore;
import dev.bobbin.xmpp.bob.spi.BobStoreProvider;
import dev.bobbin.xmpp.bob.spi.StoreContext;
import java.io.IOException;
import java.util.List;

/** The contract, for a store in memory that is right but for what a subclass breaks. */
abstract class MemoryTrial extends BobStoreContract {
  abstract BobStore make(StoreContext context) throws IOException;

  List<Setting> listedSettings() {
    return List.of(Setting.of(ReferenceStore.MAX_ENTRIES, "how many items", "10000"));
  }

  @Override
  protected BobStoreProvider provider() {
    return new BobStoreProvider() {
      @Override
      public String name() {
        return "trial";
      }

      @Override
      public List<Setting> settings() {
        return listedSettings();
      }

      @Override
      public BobStore open(StoreContext context) throws IOException {
        return make(context);
      }
    };
  }

  /** One is enough for what is broken on purpose. */
  @Override
  int kills() {
    return 1;
  }

  @Override
  protected StoreTraits traits() {
    return StoreTraits.notPersistent("it is in memory")
        .oneProcess("memory is not shared")
        .boundedBy(ReferenceStore.MAX_ENTRIES, "10");
  }
}
