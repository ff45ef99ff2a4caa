package dev.bobbin.xmpp.bob.copy;

import dev.bobbin.xmpp.bob.Bob;
import dev.bobbin.xmpp.bob.BobData;
import dev.bobbin.xmpp.bob.BobKey;
import dev.bobbin.xmpp.bob.ContentId;
import dev.bobbin.xmpp.bob.StoredBob;
import dev.bobbin.xmpp.bob.spi.BobStore;
import dev.bobbin.xmpp.bob.spi.Page;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A right store in memory that tells of each call before it does it, so that a test can step in.
 */
class WatchedStore implements BobStore {
  static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

  /** In the order of listing. */
  final TreeMap<String, StoredBob> items = new TreeMap<>();

  private final Watcher watcher;

  WatchedStore(Watcher watcher) {
    this.watcher = watcher;
  }

  /** Is told of a call that is about to be done; what it throws, the call does. */
  @FunctionalInterface
  interface Watcher {
    void before(String call) throws IOException;
  }

  static BobKey key(int number) {
    return BobKey.hosted(ContentId.of(String.format("cid%03d", number)));
  }

  static StoredBob item(int number, @Nullable Instant expiresAt) {
    Bob bob = new Bob(key(number).cid(), "text/plain", BobData.utf8("12345"), null);
    return new StoredBob(key(number), bob, NOW, expiresAt, null);
  }

  final void fill(int items) {
    for (int i = 0; i < items; i++) {
      set(item(i, null));
    }
  }

  /** A store that throws when it is to keep some items. */
  static WatchedStore refusing(List<BobKey> refused, Exception problem) {
    return new WatchedStore(call -> {}) {
      @Override
      public boolean putIf(@Nullable StoredBob expected, StoredBob item) throws IOException {
        if (refused.contains(item.key())) {
          if (problem instanceof IOException known) {
            throw known;
          }
          throw (RuntimeException) problem;
        }
        return super.putIf(expected, item);
      }
    };
  }

  /** What others do is not told of. */
  final void set(StoredBob item) {
    items.put(item.key().safeName(), item);
  }

  final Optional<StoredBob> at(BobKey key) {
    return Optional.ofNullable(items.get(key.safeName())).filter(item -> !item.isExpiredAt(NOW));
  }

  @Override
  public void put(StoredBob item) throws IOException {
    throw new AssertionError("a copy never puts without a condition");
  }

  @Override
  public boolean delete(BobKey key) throws IOException {
    throw new AssertionError("a copy never deletes");
  }

  @Override
  public boolean putIf(@Nullable StoredBob expected, StoredBob item) throws IOException {
    watcher.before("putIf");
    if (!at(item.key()).equals(Optional.ofNullable(expected))) {
      return false;
    }
    set(item);
    return true;
  }

  @Override
  public Optional<StoredBob> get(BobKey key) throws IOException {
    watcher.before("get");
    return at(key);
  }

  @Override
  public Page<BobKey> scan(@Nullable String cursor, int limit) throws IOException {
    watcher.before("scan");
    if (cursor != null && !cursor.startsWith("after ")) {
      throw new IllegalArgumentException("no cursor: " + cursor);
    }
    String after = cursor == null ? "" : cursor.substring("after ".length());
    List<StoredBob> page = items.tailMap(after, false).values().stream().limit(limit).toList();
    return new Page<>(
        page.stream().map(StoredBob::key).toList(),
        page.size() < limit ? null : "after " + page.get(limit - 1).key().safeName());
  }

  @Override
  public String place() {
    return "a map";
  }

  @Override
  public void close() {}
}
