package dev.bobbin.xmpp.bob.testkit;

import dev.bobbin.xmpp.api.jid.Jid;
import dev.bobbin.xmpp.bob.Bob;
import dev.bobbin.xmpp.bob.BobData;
import dev.bobbin.xmpp.bob.BobKey;
import dev.bobbin.xmpp.bob.ContentId;
import dev.bobbin.xmpp.bob.Shelf;
import dev.bobbin.xmpp.bob.StoredBob;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Items that differ in what is absent, empty, large or odd. */
final class ItemVariety {
  private static final Jid ROOM = StoreFixture.ROOM;

  private ItemVariety() {}

  static List<StoredBob> items() {
    Instant stored = Instant.parse("2026-02-28T23:59:59.123456789Z");
    Jid sender = Jid.of("r\u00f6mer@example.org/B\u00fcro \u4e2d \ud83e\uddf5");
    BobData empty = BobData.of(new byte[0]);
    BobData every = everyByte();
    String parameters = "text/plain; charset=\"utf-8\";x=\"a\\\"\\\\; b\"";
    Bob hashed = Bob.of(every.toByteArray(), "image/png");
    List<StoredBob> items = new ArrayList<>();
    items.add(stored(Shelf.HOSTED, hashed, stored, null, null));
    items.add(stored(Shelf.VERIFIED, hashed, Instant.EPOCH, null, sender));
    items.add(stored(Shelf.HOSTED, bob("empty", parameters, empty, null), stored, null, null));
    items.add(
        stored(
            new Shelf.From(sender),
            bob("age-0", "x/y", every, Duration.ZERO),
            stored,
            Instant.parse("9999-12-31T23:59:59.999999999Z"),
            sender));
    items.add(
        stored(
            Shelf.HOSTED,
            bob("age-large", "x/y", every, Duration.ofSeconds(Long.MAX_VALUE)),
            stored.plusNanos(1),
            null,
            ROOM));
    items.add(
        stored(
            new Shelf.From(ROOM),
            bob("\u00e9 \u4e2d \ud83e\uddf5 \"\\/", "X/Y", every, Duration.ofDays(1)),
            Instant.parse("1969-12-31T23:59:59.000000001Z"),
            null,
            ROOM.withResource("origin".toUpperCase(Locale.ROOT))));
    return items;
  }

  private static Bob bob(String cid, String type, BobData data, @Nullable Duration age) {
    return new Bob(ContentId.of(cid), type, data, age);
  }

  private static StoredBob stored(
      Shelf shelf, Bob bob, Instant storedAt, @Nullable Instant expiresAt, @Nullable Jid origin) {
    return new StoredBob(new BobKey(shelf, bob.cid()), bob, storedAt, expiresAt, origin);
  }

  private static BobData everyByte() {
    byte[] bytes = new byte[256];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) i;
    }
    return BobData.of(bytes);
  }
}
