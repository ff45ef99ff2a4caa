package dev.bobbin.store.redis;

import dev.bobbin.xmpp.bob.StoredBob;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What was there when a key was looked up. */
final class Seen {
  private final byte[] value;
  private final Optional<StoredBob> item;
  private final @Nullable DamagedValueException damage;

  Seen(byte[] value, Optional<StoredBob> item, @Nullable DamagedValueException damage) {
    this.value = value;
    this.item = item;
    this.damage = damage;
  }

  /** What was read, for {@link Scripts} to compare; empty where nothing is, or no string. */
  byte[] value() {
    return value;
  }

  /** The item, unless it has expired. */
  Optional<StoredBob> item() {
    return item;
  }

  /** Why something that is there gives no item; null where it gives one, or nothing is there. */
  @Nullable DamagedValueException damage() {
    return damage;
  }
}
