package dev.bobbin.benchmarks;

import dev.bobbin.xmpp.api.jid.Jid;
import dev.bobbin.xmpp.bob.Bob;
import dev.bobbin.xmpp.bob.BobData;
import dev.bobbin.xmpp.bob.BobKey;
import dev.bobbin.xmpp.bob.ContentId;
import dev.bobbin.xmpp.bob.HashAlgorithm;
import dev.bobbin.xmpp.bob.Shelf;
import dev.bobbin.xmpp.bob.StoredBob;
import dev.bobbin.xmpp.bob.spi.BobStore;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;

/** What entries of a store take of the heap, found by collecting garbage before and after. */
final class HeapTaken {
  private static final int COLLECTIONS = 4;

  /** What is put. Items share nothing with one another, as if they came from the network. */
  enum Shape {
    HOSTED,
    VERIFIED,
    EXPIRING,
    UNVERIFIED;

    StoredBob item(int i, int bytes) {
      BobData data = BobData.of(Arrays.copyOf(ByteBuffer.allocate(4).putInt(i).array(), bytes));
      ContentId cid = ContentId.of(HashAlgorithm.SHA_1, data);
      boolean expires = this == EXPIRING || this == UNVERIFIED;
      Duration maxAge = expires ? Duration.ofSeconds(86400 + i) : null;
      Bob bob = new Bob(cid, "image/" + i, data, maxAge);
      Instant now = Instant.now();
      Jid sender = this == HOSTED ? null : sender(i);
      Shelf shelf =
          switch (this) {
            case HOSTED -> Shelf.HOSTED;
            case VERIFIED, EXPIRING -> Shelf.VERIFIED;
            case UNVERIFIED -> new Shelf.From(sender(i));
          };
      Instant expiresAt = maxAge == null ? null : now.plus(maxAge);
      return new StoredBob(new BobKey(shelf, cid), bob, now, expiresAt, sender);
    }

    private static Jid sender(int i) {
      return Jid.of("romeo@montague" + i + ".example/orchard");
    }
  }

  private HeapTaken() {}

  /** Bytes of heap for each of so many entries, beyond their data. */
  static double perEntry(BobStore store, Shape shape, int entries, int dataBytes) throws Exception {
    long before = used();
    for (int i = 0; i < entries; i++) {
      store.put(shape.item(i, dataBytes));
    }
    try {
      return (double) (used() - before) / entries - dataBytes;
    } finally {
      Reference.reachabilityFence(store);
    }
  }

  private static long used() {
    Runtime runtime = Runtime.getRuntime();
    long least = Long.MAX_VALUE;
    for (int i = 0; i < COLLECTIONS; i++) {
      System.gc();
      least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
    }
    return least;
  }
}
