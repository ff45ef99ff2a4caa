package dev.bobbin.crash;

import dev.bobbin.xmpp.bob.BobKey;
import dev.bobbin.xmpp.bob.StoredBob;
import dev.bobbin.xmpp.bob.spi.BobStore;
import java.io.IOException;
import java.util.Optional;

/**
 * What one look-up has given.
 *
 * @param key index of the key
 * @param known how much of the history was known when it began
 * @param value empty when there was none
 * @param from when it began, in milliseconds since 1970
 * @param to when it ended
 */
record Observed(int key, int known, Optional<Value> value, long from, long to) {
  /** Whether it is what a store leaves that has evicted the item. */
  boolean mayBeEviction() {
    return value.isEmpty() && Keys.isReceived(key);
  }

  /** Whether it is an item that a store whose clock is right does not give out any more. */
  boolean hasExpired() {
    return value.filter(item -> item.expires() != 0 && item.expires() <= to).isPresent();
  }

  static Observed in(BobStore store, int index, int known) throws IOException, WrongValueException {
    BobKey key = Keys.ALL.get(index);
    long from = System.currentTimeMillis();
    Optional<StoredBob> item = store.get(key);
    long to = System.currentTimeMillis();
    Optional<Value> value =
        item.isPresent() ? Optional.of(Value.of(key, item.get())) : Optional.empty();
    return new Observed(index, known, value, from, to);
  }
}
