package dev.bobbin.crash;

import dev.bobbin.xmpp.api.Quoted;
import dev.bobbin.xmpp.bob.BobKey;
import dev.bobbin.xmpp.bob.StoredBob;

/** A store has given what nobody has put under that key: torn, mixed up, or another key's. */
final class WrongValueException extends Exception {
  private static final long serialVersionUID = 1;

  WrongValueException(BobKey key, StoredBob item, String reason) {
    super(
        "%s, under %s: %s of type '%s'"
            .formatted(
                reason,
                Quoted.of(key.safeName()),
                item.bob().data(),
                Quoted.of(item.bob().type())));
  }
}
