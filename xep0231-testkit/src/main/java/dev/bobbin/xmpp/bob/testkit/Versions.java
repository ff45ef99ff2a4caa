package dev.bobbin.xmpp.bob.testkit;

import dev.bobbin.xmpp.bob.Bob;
import dev.bobbin.xmpp.bob.BobData;
import dev.bobbin.xmpp.bob.BobKey;
import dev.bobbin.xmpp.bob.StoredBob;
import dev.bobbin.xmpp.bob.spi.StoreContext;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** Items that tell who wrote them and which one it is, and that show when they are not whole. */
final class Versions {
  private static final Instant STORED = Instant.parse("2026-01-02T03:04:05.678901234Z");
  private static final int LONGEST = 40;
  private static final String LARGE = "large";

  private Versions() {}

  /** Of a length that differs from version to version. */
  static StoredBob item(BobKey key, String writer, int number) {
    return item(key, writer, number, 1 + number % LONGEST * 20);
  }

  /** Of almost as many bytes as a store has to take, give or take a tenth of them. */
  static StoredBob large(BobKey key, int number) {
    int most = StoreContext.DEFAULT_MAX_ITEM_BYTES - LARGE.length() - 16;
    int digits = Integer.toString(number).length() + 1;
    return item(key, LARGE, number, most / digits * (10 - number % 2) / 10);
  }

  private static StoredBob item(BobKey key, String writer, int number, int times) {
    String text = writer + ':' + number + ':' + ("." + number).repeat(times);
    Bob bob = new Bob(key.cid(), "text/x-" + writer, BobData.utf8(text), null);
    return new StoredBob(key, bob, STORED.plusSeconds(number), null, null);
  }

  /**
   * Fails unless it is one that was made here.
   *
   * @return its number
   */
  static int requireWhole(StoredBob item) {
    String text = new String(item.bob().data().toByteArray(), StandardCharsets.UTF_8);
    String[] parts = text.split(":", 3);
    if (parts.length == 3 && parts[1].matches("[0-9]{1,9}")) {
      int number = Integer.parseInt(parts[1]);
      StoredBob whole =
          parts[0].equals(LARGE) ? large(item.key(), number) : item(item.key(), parts[0], number);
      if (whole.equals(item)) {
        return number;
      }
    }
    throw new AssertionError(
        "nobody has put this item, of " + item.bob().data() + ", under " + item.key());
  }
}
