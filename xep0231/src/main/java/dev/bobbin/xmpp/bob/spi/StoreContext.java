package dev.bobbin.xmpp.bob.spi;

import dev.bobbin.xmpp.api.jid.Jid;
import dev.bobbin.xmpp.api.plugin.Settings;
import java.time.InstantSource;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** What a store is opened with. Immutable; each {@code with} method gives a copy. */
public final class StoreContext {
  /** The size of one item that XEP-0231 section 2.1 sets: 8 KiB. */
  public static final int DEFAULT_MAX_ITEM_BYTES = 8192;

  private final Jid account;
  private final Settings settings;
  private final InstantSource clock;
  private final Executor executor;
  private final int maxItemBytes;

  private StoreContext(
      Jid account, Settings settings, InstantSource clock, Executor executor, int maxItemBytes) {
    this.account = account;
    this.settings = settings;
    this.clock = clock;
    this.executor = executor;
    this.maxItemBytes = maxItemBytes;
  }

  /**
   * A context with no settings, the system's clock, the executor of {@link CompletableFuture},
   * which is the common pool (or on JDK 17, on a machine of one or two processors, a thread for
   * each task), and items of at most {@value #DEFAULT_MAX_ITEM_BYTES} bytes.
   *
   * @param account whose store it is; its resource does not count
   * @return the context
   */
  public static StoreContext of(Jid account) {
    return new StoreContext(
        account.bare(),
        Settings.none(),
        InstantSource.system(),
        new CompletableFuture<Void>().defaultExecutor(),
        DEFAULT_MAX_ITEM_BYTES);
  }

  /**
   * With other settings.
   *
   * @param newSettings the settings
   * @return a copy
   */
  public StoreContext withSettings(Settings newSettings) {
    Objects.requireNonNull(newSettings, "newSettings");
    return new StoreContext(account, newSettings, clock, executor, maxItemBytes);
  }

  /**
   * With another clock.
   *
   * @param newClock the clock that decides what has expired
   * @return a copy
   */
  public StoreContext withClock(InstantSource newClock) {
    Objects.requireNonNull(newClock, "newClock");
    return new StoreContext(account, settings, newClock, executor, maxItemBytes);
  }

  /**
   * With another executor.
   *
   * @param newExecutor where the store may run work in the background that blocks
   * @return a copy
   */
  public StoreContext withExecutor(Executor newExecutor) {
    Objects.requireNonNull(newExecutor, "newExecutor");
    return new StoreContext(account, settings, clock, newExecutor, maxItemBytes);
  }

  /**
   * With another bound on the size of one item.
   *
   * @param newMaxItemBytes bytes of data, at least 1
   * @return a copy
   */
  public StoreContext withMaxItemBytes(int newMaxItemBytes) {
    if (newMaxItemBytes < 1) {
      throw new IllegalArgumentException("an item holds at least 1 byte, not " + newMaxItemBytes);
    }
    return new StoreContext(account, settings, clock, executor, newMaxItemBytes);
  }

  /**
   * Whose store it is.
   *
   * @return a bare JID
   */
  public Jid account() {
    return account;
  }

  /**
   * What was set for this store, in code or by a system property. A key that is absent has its
   * default, which the store knows.
   *
   * @return the settings; no other keys than those that the provider lists
   */
  public Settings settings() {
    return settings;
  }

  /**
   * The clock that decides what has expired.
   *
   * @return the clock
   */
  public InstantSource clock() {
    return clock;
  }

  /**
   * Where the store may run work in the background that blocks, and where it lets run what depends
   * on the stages that it gives out. Its own methods may block on the thread that calls them, and
   * need no other, unless {@link BobStore#blocks()} says otherwise.
   *
   * @return the executor
   */
  public Executor executor() {
    return executor;
  }

  /**
   * The greatest number of bytes of data in one item.
   *
   * @return a number of at least 1
   */
  public int maxItemBytes() {
    return maxItemBytes;
  }
}
