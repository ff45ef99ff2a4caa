package dev.bobbin.benchmarks;

import dev.bobbin.xmpp.bob.Bob;
import dev.bobbin.xmpp.bob.BobData;
import dev.bobbin.xmpp.bob.BobKey;
import dev.bobbin.xmpp.bob.HashAlgorithm;
import dev.bobbin.xmpp.bob.Shelf;
import dev.bobbin.xmpp.bob.StoredBob;
import dev.bobbin.xmpp.bob.spi.BobStore;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;

/**
 * What is done with a store, made up: of 100 steps 90 get, 9 put and 1 deletes; two of three go to
 * the sixteenth of the items that is hot. One item of sixteen is hosted, half of the others expire,
 * and data is of up to 8 KiB, every size as often.
 */
final class StoreMix {
  private static final int GREATEST_DATA = 8192;
  private static final int HOT_SHARE = 16;

  private final List<StoredBob> items;

  /**
   * Makes the items; none expires while it is measured.
   *
   * @param size how many there are
   */
  StoreMix(int size) {
    this(size, GREATEST_DATA);
  }

  /**
   * Makes items with less data.
   *
   * @param size how many there are
   * @param greatestData the greatest size of their data, in bytes
   */
  StoreMix(int size, int greatestData) {
    Random random = new Random(1);
    Instant now = Instant.now();
    List<StoredBob> made = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      byte[] data = new byte[8 + random.nextInt(greatestData)];
      random.nextBytes(data);
      Bob bob = Bob.of(HashAlgorithm.SHA_1, BobData.of(data), "image/png");
      Shelf shelf = i % 16 == 0 ? Shelf.HOSTED : Shelf.VERIFIED;
      Instant expiresAt = i % 2 == 0 ? null : now.plus(Duration.ofDays(1));
      made.add(new StoredBob(new BobKey(shelf, bob.cid()), bob, now, expiresAt, null));
    }
    items = List.copyOf(made);
  }

  void step(BobStore store, SplittableRandom random) throws IOException {
    StoredBob item = any(random);
    int kind = random.nextInt(100);
    if (kind < 90) {
      if (store.get(item.key()).filter(found -> !found.key().equals(item.key())).isPresent()) {
        throw new AssertionError("another item than was put");
      }
    } else if (kind < 99) {
      store.put(item);
    } else {
      store.delete(item.key());
    }
  }

  StoredBob any(SplittableRandom random) {
    int most = random.nextInt(3) < 2 ? items.size() / HOT_SHARE : items.size();
    return items.get(random.nextInt(most));
  }
}
