package dev.bobbin.xmpp.bob;

import dev.bobbin.xmpp.api.jid.Jid;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A bit of binary as a store keeps it.
 *
 * @param key under which it is kept; its content-id is that of {@code bob}
 * @param bob the bit of binary
 * @param storedAt when it was handed to the store
 * @param expiresAt from when on a store must no longer give it out; null for never
 * @param origin who sent it; null for what the application itself set
 */
public record StoredBob(
    BobKey key, Bob bob, Instant storedAt, @Nullable Instant expiresAt, @Nullable Jid origin) {
  /**
   * Checks the parts.
   *
   * @param key under which it is kept; its content-id is that of {@code bob}
   * @param bob the bit of binary
   * @param storedAt when it was handed to the store
   * @param expiresAt from when on a store must no longer give it out; null for never
   * @param origin who sent it; null for what the application itself set
   * @throws IllegalArgumentException when key and bob have different content-ids
   */
  public StoredBob {
    Objects.requireNonNull(key, "key");
    Objects.requireNonNull(bob, "bob");
    Objects.requireNonNull(storedAt, "storedAt");
    if (!key.cid().equals(bob.cid())) {
      throw new IllegalArgumentException(
          "the key's content-id " + key.cid() + " is not the bob's " + bob.cid());
    }
  }

  /**
   * Whether it has expired.
   *
   * @param now the time
   * @return true from {@code expiresAt} on, that instant included
   */
  public boolean isExpiredAt(Instant now) {
    return expiresAt != null && !now.isBefore(expiresAt);
  }
}
