package dev.bobbin.xmpp.bob.testkit;

import dev.bobbin.xmpp.bob.Bob;
import dev.bobbin.xmpp.bob.BobData;
import dev.bobbin.xmpp.bob.BobKey;
import dev.bobbin.xmpp.bob.StoredBob;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** Items that tell who wrote them and which one it is, and that show when they are not whole. */
final class Versions {
  private static final Instant STORED = Instant.parse("2026-01-02T03:04:05.678901234Z");
  private static final int LONGEST = 40;

  private Versions() {}

  /** Of a length that differs from version to version. */
  static StoredBob item(BobKey key, String writer, int number) {
    String text = writer + ':' + number + ':' + ("." + number).repeat(1 + number % LONGEST * 20);
    Bob bob = new Bob(key.cid(), "text/x-" + writer, BobData.utf8(text), null);
    return new StoredBob(key, bob, STORED.plusSeconds(number), null, null);
  }

  /** Fails unless it is one that {@link #item} has made. */
  static void requireWhole(StoredBob item) {
    String text = new String(item.bob().data().toByteArray(), StandardCharsets.UTF_8);
    String[] parts = text.split(":", 3);
    if (parts.length == 3 && parts[1].matches("[0-9]{1,9}")) {
      int number = Integer.parseInt(parts[1]);
      if (item(item.key(), parts[0], number).equals(item)) {
        return;
      }
    }
    throw new AssertionError(
        "nobody has put this item, of " + item.bob().data() + ", under " + item.key());
  }
}
