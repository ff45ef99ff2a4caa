package dev.bobbin.xmpp.bob.testkit;

import dev.bobbin.xmpp.api.plugin.Setting;
import dev.bobbin.xmpp.bob.spi.BobStore;
import dev.bobbin.xmpp.bob.spi.BobStoreProvider;
import dev.bobbin.xmpp.bob.spi.StoreContext;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The contract, for a store of files that is right but for what a subclass breaks. */
abstract class FileTrial extends BobStoreContract {
  private static final String REASON = "it is another matter";

  private final Provider provider;
  private final UnaryOperator<StoreTraits> excused;

  FileTrial(Provider provider, UnaryOperator<StoreTraits> excused) {
    this.provider = provider;
    this.excused = excused;
  }

  static StoreTraits withoutProcesses(StoreTraits traits) {
    return traits.oneProcess(REASON);
  }

  static StoreTraits withoutDamage(StoreTraits traits) {
    return traits.noFiles(REASON);
  }

  static StoreTraits withoutBoth(StoreTraits traits) {
    return withoutDamage(withoutProcesses(traits));
  }

  /** How each store of files is found, also by another process. */
  abstract static class Provider implements BobStoreProvider {
    @Override
    public String name() {
      return "trial";
    }

    @Override
    public List<Setting> settings() {
      return List.of(
          new Setting(ReferenceFileStore.DIRECTORY, "where the files are", Optional.empty()));
    }

    @Override
    public abstract BobStore open(StoreContext context) throws IOException;
  }

  @Override
  protected BobStoreProvider provider() {
    return provider;
  }

  /** One is enough for what is broken on purpose. */
  @Override
  int kills() {
    return 1;
  }

  @Override
  protected StoreTraits traits() {
    return excused.apply(
        StoreTraits.persistent()
            .placedBy(ReferenceFileStore.DIRECTORY)
            .tellsDamage()
            .notAtomic("it is as it comes"));
  }
}
