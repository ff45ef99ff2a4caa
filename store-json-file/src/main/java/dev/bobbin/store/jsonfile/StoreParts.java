package dev.bobbin.store.jsonfile;

import dev.bobbin.xmpp.bob.spi.StoreContext;
import java.time.InstantSource;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a store is made of beside its directory: what a context gives, and the machine, in whose
 * place tests have something else.
 *
 * @param mayBeShared whether others may write into the directory
 * @param clock by which items expire
 * @param maxItemBytes how large the data of an item may be
 * @param files how files change
 * @param warn takes a warning
 * @param pause how to wait for who writes a file in place
 * @param limits how much it may hold
 * @param background where the work in the background runs
 */
record StoreParts(
    boolean mayBeShared,
    InstantSource clock,
    int maxItemBytes,
    FileOperations files,
    Consumer<String> warn,
    ItemReader.Pause pause,
    Limits limits,
    Upkeep.Background background) {
  private static final Logger LOG = LoggerFactory.getLogger(JsonFileBobStore.class);

  /** Those of a store without a context. */
  static StoreParts standard() {
    return new StoreParts(
        false,
        InstantSource.system(),
        StoreContext.DEFAULT_MAX_ITEM_BYTES,
        new DiskOperations(),
        LOG::warn,
        ItemReader.Pause.SLEEP,
        Limits.DEFAULT,
        new Upkeep.Background(Timer.OF_THE_JDK, Runnable::run));
  }

  /** Those of a store with a context; its settings are checked. */
  static StoreParts of(StoreContext context) {
    return new StoreParts(
        context.settings().flag(JsonFileBobStoreProvider.ALLOW_SHARED_DIRECTORY, false),
        context.clock(),
        context.maxItemBytes(),
        new DiskOperations(),
        LOG::warn,
        ItemReader.Pause.SLEEP,
        Limits.of(context.settings()),
        new Upkeep.Background(Timer.OF_THE_JDK, context.executor()));
  }

  StoreParts with(Upkeep.Background newBackground) {
    return new StoreParts(
        mayBeShared, clock, maxItemBytes, files, warn, pause, limits, newBackground);
  }
}
