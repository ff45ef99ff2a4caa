package dev.bobbin.xmpp.bob.testkit;

import dev.bobbin.xmpp.bob.BobKey;
import dev.bobbin.xmpp.bob.ContentId;
import dev.bobbin.xmpp.bob.StoredBob;
import dev.bobbin.xmpp.bob.spi.BobStore;
import java.io.IOException;
import java.util.Optional;

/** What each of several processes does in the place that they share, all at the same time. */
final class SharedUse {
  private static final int SHARED_KEYS = 3;

  private SharedUse() {}

  /** A key that only this process changes. */
  static BobKey own(String process) {
    return BobKey.hosted(ContentId.of("own-" + process));
  }

  /** Puts, gets and deletes; throws when it sees what nobody has put. */
  static void run(BobStore store, String process, int rounds) throws IOException {
    BobKey own = own(process);
    for (int round = 0; round < rounds; round++) {
      store.put(Versions.item(shared(round), process, round));
      store.get(shared(round + 1)).ifPresent(Versions::requireWhole);
      if (round % 4 == 3) {
        store.delete(shared(round + 2));
      }
      StoredBob mine = Versions.item(own, process, round);
      store.put(mine);
      Optional<StoredBob> found = store.get(own);
      if (!found.equals(Optional.of(mine))) {
        throw new AssertionError(process + " finds " + found + " where it has just put " + mine);
      }
    }
    if (!Pages.keys(store, 2).contains(own)) {
      throw new AssertionError(process + " does not find its own key in the listing");
    }
  }

  private static BobKey shared(int round) {
    return BobKey.hosted(ContentId.of("shared" + round % SHARED_KEYS));
  }
}
