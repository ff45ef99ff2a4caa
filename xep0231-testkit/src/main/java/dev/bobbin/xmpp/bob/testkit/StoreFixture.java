package dev.bobbin.xmpp.bob.testkit;

import dev.bobbin.xmpp.api.jid.Jid;
import dev.bobbin.xmpp.api.plugin.Settings;
import dev.bobbin.xmpp.bob.Bob;
import dev.bobbin.xmpp.bob.BobData;
import dev.bobbin.xmpp.bob.BobKey;
import dev.bobbin.xmpp.bob.ContentId;
import dev.bobbin.xmpp.bob.Shelf;
import dev.bobbin.xmpp.bob.StoredBob;
import dev.bobbin.xmpp.bob.spi.BobStore;
import dev.bobbin.xmpp.bob.spi.BobStoreProvider;
import dev.bobbin.xmpp.bob.spi.Page;
import dev.bobbin.xmpp.bob.spi.StoreContext;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;

/** What every part of the contract needs: stores that are closed after the test, and items. */
abstract class StoreFixture {
  static final Jid ALICE = Jid.of("alice@example.org");
  static final Jid ROOM = Jid.of("room@muc.example.org");
  static final int MOST_PAGES = 10_000;

  /** Begins at the real time, since a backend on a server may expire items by its own clock. */
  final MutableClock clock = new MutableClock(Instant.now());

  private final List<BobStore> opened = new ArrayList<>();

  StoreFixture() {}

  /**
   * The provider under test.
   *
   * @return a provider
   */
  protected abstract BobStoreProvider provider();

  /**
   * Whether items outlive their store. A persistent store is closed and opened again with the same
   * {@link #settings()}.
   *
   * @return persistent, or why not
   */
  protected abstract Persistence persistence();

  /**
   * What the store is opened with: a place that is empty when a test begins, for a persistent one.
   *
   * @return none, unless overridden
   */
  protected Settings settings() {
    return Settings.none();
  }

  /** Closes what the test has opened. */
  @AfterEach
  void closeStores() throws IOException {
    for (BobStore store : opened) {
      store.close();
    }
  }

  BobStore open() throws IOException {
    return open(StoreContext.DEFAULT_MAX_ITEM_BYTES);
  }

  BobStore open(int maxItemBytes) throws IOException {
    BobStore store =
        provider()
            .open(
                StoreContext.of(ALICE)
                    .withSettings(settings())
                    .withClock(clock)
                    .withMaxItemBytes(maxItemBytes));
    opened.add(store);
    return store;
  }

  static BobKey hosted(String cid) {
    return BobKey.hosted(ContentId.of(cid));
  }

  static BobKey from(String jid, ContentId cid) {
    return new BobKey(new Shelf.From(Jid.of(jid)), cid);
  }

  StoredBob item(String cid, String text) {
    return item(hosted(cid), text);
  }

  StoredBob item(BobKey key, String text) {
    return item(key, BobData.utf8(text), null);
  }

  StoredBob item(BobKey key, BobData data, @Nullable Instant expiresAt) {
    Bob bob = new Bob(key.cid(), "text/plain", data, null);
    return new StoredBob(key, bob, clock.instant(), expiresAt, null);
  }

  StoredBob expiring(BobKey key, String text, Duration life) {
    return item(key, BobData.utf8(text), clock.instant().plus(life));
  }

  /** Lists everything, page by page. */
  static List<BobKey> scanAll(BobStore store, int limit) throws IOException {
    List<BobKey> keys = new ArrayList<>();
    String cursor = null;
    for (int pages = 0; pages < MOST_PAGES; pages++) {
      Page<BobKey> page = store.scan(cursor, limit);
      if (page.items().size() > limit) {
        throw new AssertionError(page.items().size() + " keys on a page of at most " + limit);
      }
      keys.addAll(page.items());
      cursor = page.next();
      if (cursor == null) {
        return keys;
      }
    }
    throw new AssertionError("the listing has not ended after " + MOST_PAGES + " pages");
  }
}
