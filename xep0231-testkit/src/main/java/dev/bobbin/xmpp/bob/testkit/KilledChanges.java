package dev.bobbin.xmpp.bob.testkit;

import dev.bobbin.xmpp.bob.BobKey;
import dev.bobbin.xmpp.bob.ContentId;
import dev.bobbin.xmpp.bob.StoredBob;
import dev.bobbin.xmpp.bob.spi.BobStore;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Numbered changes, made by a process that is killed, and what they leave. */
final class KilledChanges {
  private static final int KEYS = 5;

  private KilledChanges() {}

  /** Makes one: every third deletes what the one before has put. */
  static void make(BobStore store, int number) throws IOException {
    Optional<StoredBob> item = item(number);
    if (item.isPresent()) {
      store.put(item.get());
    } else {
      store.delete(key(number));
    }
  }

  /** What is there after so many changes, by key. */
  static Map<BobKey, Optional<StoredBob>> after(int changes) {
    Map<BobKey, Optional<StoredBob>> state = new LinkedHashMap<>();
    for (int number = 0; number < changes; number++) {
      state.put(key(number), item(number));
    }
    return state;
  }

  private static BobKey key(int number) {
    int deletedOne = number % 3 == 2 ? number - 1 : number;
    return BobKey.hosted(ContentId.of("killed" + deletedOne % KEYS));
  }

  private static Optional<StoredBob> item(int number) {
    return number % 3 == 2
        ? Optional.empty()
        : Optional.of(Versions.item(key(number), "killed", number));
  }
}
