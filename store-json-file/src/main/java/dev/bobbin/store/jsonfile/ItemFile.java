package dev.bobbin.store.jsonfile;

import dev.bobbin.xmpp.api.jid.Jid;
import dev.bobbin.xmpp.bob.Bob;
import dev.bobbin.xmpp.bob.BobKey;
import dev.bobbin.xmpp.bob.Shelf;
import dev.bobbin.xmpp.bob.StoredBob;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a file says, of which nothing but the syntax was checked.
 *
 * @param storedAt null in a file that a Python program wrote
 * @param sender whose shelf it is on; null for the other shelves
 */
record ItemFile(
    Bob bob,
    @Nullable Instant storedAt,
    @Nullable Instant expiresAt,
    @Nullable Jid origin,
    @Nullable Jid sender) {

  /** The item, if it is the one of that key. */
  StoredBob item(BobKey key, Instant modified, int maxItemBytes) throws DamagedFileException {
    if (!bob.cid().equals(key.cid())) {
      throw DamagedFileException.because("it holds another content-id than its name says");
    }
    Jid expected = key.shelf() instanceof Shelf.From from ? from.sender() : null;
    if (sender != null && !sender.equals(expected)) {
      throw DamagedFileException.because("it holds another sender than its name says");
    }
    if (bob.cid().isVerifiable() && !bob.cid().matches(bob.data())) {
      throw DamagedFileException.because("its data has another hash than its content-id says");
    }
    if (bob.data().size() > maxItemBytes) {
      throw DamagedFileException.tooLarge(
          "it holds " + bob.data().size() + " bytes of data, more than " + maxItemBytes);
    }
    return new StoredBob(key, bob, storedAt == null ? modified : storedAt, expiresAt, origin);
  }

  /** The key that has that name, if the file can tell. */
  Optional<BobKey> key(String name) {
    Stream<Shelf> shelves =
        sender == null
            ? Stream.of(Shelf.HOSTED, Shelf.VERIFIED)
            : Stream.of(new Shelf.From(sender));
    return shelves
        .map(shelf -> new BobKey(shelf, bob.cid()))
        .filter(key -> key.safeName().equals(name))
        .findFirst();
  }
}
