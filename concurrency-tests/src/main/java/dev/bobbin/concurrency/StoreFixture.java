package dev.bobbin.concurrency;

import dev.bobbin.store.memory.MemoryBobStore;
import dev.bobbin.store.memory.MemoryBobStoreProvider;
import dev.bobbin.xmpp.api.jid.Jid;
import dev.bobbin.xmpp.api.plugin.Settings;
import dev.bobbin.xmpp.bob.Bob;
import dev.bobbin.xmpp.bob.BobData;
import dev.bobbin.xmpp.bob.BobKey;
import dev.bobbin.xmpp.bob.ContentId;
import dev.bobbin.xmpp.bob.Shelf;
import dev.bobbin.xmpp.bob.StoredBob;
import dev.bobbin.xmpp.bob.spi.StoreContext;
import dev.bobbin.xmpp.bob.spi.StoreFullException;
import dev.bobbin.xmpp.bob.spi.StoreUsage;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Collectors;

/** A fresh store with room for one entry, on which both actors of a test work. */
class StoreFixture {
  private static final StoreContext CONTEXT =
      StoreContext.of(Jid.of("romeo@montague.example"))
          .withSettings(Settings.of("memory", Map.of("max-entries", "1")))
          .withClock(() -> Instant.EPOCH);

  private final MemoryBobStore store = (MemoryBobStore) new MemoryBobStoreProvider().open(CONTEXT);

  /** An item whose data is its name. */
  static StoredBob received(String cid, String name) {
    return item(new BobKey(Shelf.VERIFIED, ContentId.of(cid)), name);
  }

  static StoredBob hosted(String cid, String name) {
    return item(BobKey.hosted(ContentId.of(cid)), name);
  }

  private static StoredBob item(BobKey key, String name) {
    Bob bob = new Bob(key.cid(), "x/y", BobData.utf8(name), null);
    return new StoredBob(key, bob, Instant.EPOCH, null, null);
  }

  /** Tells whether there was room. */
  final boolean put(StoredBob item) {
    try {
      store.put(item);
      return true;
    } catch (StoreFullException e) {
      return false;
    }
  }

  final boolean delete(StoredBob item) {
    return store.delete(item.key());
  }

  /** The name of what is there under the key of an item; empty for nothing. */
  final String get(StoredBob item) {
    return store.get(item.key()).map(StoreFixture::name).orElse("");
  }

  /** The names of all that is there, and whether that is what the store says that it takes. */
  final String all() {
    String names =
        store.scan(null, 9).items().stream()
            .flatMap(key -> store.get(key).stream())
            .map(StoreFixture::name)
            .collect(Collectors.joining(","));
    int entries = names.isEmpty() ? 0 : names.split(",", -1).length;
    StoreUsage usage = store.usage().orElseThrow();
    boolean agrees = usage.entries() == entries && usage.bytes() > 0 == entries > 0;
    return agrees ? names : names + " but " + usage;
  }

  private static String name(StoredBob item) {
    return new String(item.bob().data().toByteArray(), StandardCharsets.UTF_8);
  }
}
