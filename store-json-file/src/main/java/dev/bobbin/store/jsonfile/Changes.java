package dev.bobbin.store.jsonfile;

import dev.bobbin.xmpp.bob.BobKey;
import dev.bobbin.xmpp.bob.StoredBob;
import dev.bobbin.xmpp.bob.spi.ItemRefusedException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import org.jspecify.annotations.Nullable;

/**
 * Puts and deletes items. Whatever happens to one name happens in its turn; room is made outside of
 * it, as {@link Eviction} wants it. What is damaged, or under a raw name, goes with the item in
 * whose place it stands.
 */
final class Changes {
  private final ItemFormat format;
  private final int maxItemBytes;
  private final ItemReader reader;
  private final RawNames raw;
  private final DamageLog damage;
  private final Turns turns;
  private final Expiry expiry;
  private final Eviction eviction;

  Changes(
      ItemFormat format,
      int maxItemBytes,
      ItemReader reader,
      RawNames raw,
      DamageLog damage,
      Turns turns,
      Expiry expiry,
      Eviction eviction) {
    this.format = format;
    this.maxItemBytes = maxItemBytes;
    this.reader = reader;
    this.raw = raw;
    this.damage = damage;
    this.turns = turns;
    this.expiry = expiry;
    this.eviction = eviction;
  }

  /** Whether a change is to be made; asked in the name's turn. */
  @FunctionalInterface
  private interface Condition {
    boolean holds() throws IOException;
  }

  void put(CountedDirectory place, StoredBob item) throws IOException {
    put(place, item, () -> true, false);
  }

  /** As {@link #put}, if the key has what is expected. */
  boolean putIf(CountedDirectory place, Optional<StoredBob> expected, StoredBob item)
      throws IOException {
    BobKey key = item.key();
    Path file = place.file(key.safeName());
    return put(
        place,
        item,
        () -> current(file, key, expected.isEmpty()).equals(expected),
        expected.isEmpty());
  }

  /**
   * What a look-up gives.
   *
   * @param nothingExpected whether what somebody else can give out is not to pass for nothing
   */
  private Optional<StoredBob> current(Path file, BobKey key, boolean nothingExpected)
      throws IOException {
    Found ours = reader.lookAtOnce(file, key);
    boolean isPythons = expiry.givesWay(Optional.ofNullable(ours.item()), key, file);
    Found found = isPythons ? raw.lookAtOnce(key) : ours;
    if (nothingExpected) {
      refuseWhole(file, ours.damage());
      refuseWhole(raw.file(key).orElse(file), found.damage());
    }
    return expiry.unexpired(Optional.ofNullable(found.item()));
  }

  /** What others have put is not nothing, though this store cannot tell what it is. */
  private static void refuseWhole(Path file, @Nullable DamagedFileException damage)
      throws ItemRefusedException {
    if (damage != null && damage.kind().isWhole()) {
      throw new ItemRefusedException(
          "Left "
              + file
              + " as it is, since it is not known to be nothing: "
              + damage.getMessage()
              + ". "
              + damage.kind().advice()
              + damage.kind().where());
    }
  }

  /**
   * Puts an item under a condition.
   *
   * @param asNew whether another process must not have put the file meanwhile, where there is none
   * @return whether it was put
   */
  private boolean put(CountedDirectory place, StoredBob item, Condition condition, boolean asNew)
      throws IOException {
    Optional<ItemRefusedException> refusal = ItemRefusedException.of(item, maxItemBytes);
    if (refusal.isPresent()) {
      throw refusal.get();
    }
    BobKey key = item.key();
    String name = key.safeName();
    byte[] content = format.encode(item);
    DamagedFileException lost = reader.lossAt(place.file(name), key);
    boolean put =
        eviction.makingRoom(
            name,
            evicted -> {
              Lock turn = turns.of(name);
              turn.lock();
              try {
                if (!condition.holds()) {
                  return false;
                }
                if (expiry.isPast(item)) {
                  removeAll(place, name, key);
                } else if (asNew && Files.notExists(place.file(name), LinkOption.NOFOLLOW_LINKS)) {
                  place.create(name, content, raw.size(key), evicted);
                  removeOutdated(place, key);
                } else {
                  place.replace(name, content, raw.size(key), evicted);
                  if (lost != null) {
                    damage.replaced(place.file(name), lost);
                  }
                  removeOutdated(place, key);
                }
                return true;
              } catch (FileAlreadyExistsException e) {
                return false;
              } finally {
                turn.unlock();
              }
            });
    if (put) {
      damage.forget(place.file(name));
      eviction.put(place, name);
    }
    return put;
  }

  /** A Python program must not go on giving out what was replaced. */
  private void removeOutdated(CountedDirectory place, BobKey key) {
    try {
      raw.remove(key);
    } catch (IOException e) {
      damage.outdated(place.file(key.cid().value()), e);
    }
  }

  /** Returns whether there was an item that had not expired. */
  boolean delete(CountedDirectory place, BobKey key) throws IOException {
    String name = key.safeName();
    // Waits here, if at all, for who is writing the file in place: nothing waits in the turn.
    reader.look(place.file(name), key);
    Optional<Path> pythons = raw.file(key);
    if (pythons.isPresent()) {
      reader.look(pythons.get(), key);
    }
    Lock turn = turns.of(name);
    turn.lock();
    try {
      return removeAll(place, name, key);
    } finally {
      turn.unlock();
    }
  }

  /**
   * Removes both files of a key. The one that counts goes last: what fails before has changed
   * nothing that a look-up gives.
   *
   * @return whether there was an item that had not expired
   */
  private boolean removeAll(CountedDirectory place, String name, BobKey key) throws IOException {
    Found found = reader.lookAtOnce(place.file(name), key);
    Optional<StoredBob> ours = Optional.ofNullable(found.item());
    boolean oursCounts = expiry.unexpired(ours).isPresent();
    if (expiry.givesWay(ours, key, place.file(name))) {
      removeOurs(place, name, found);
      return expiry.unexpired(raw.remove(key)).isPresent();
    }
    raw.remove(key);
    removeOurs(place, name, found);
    return oursCounts;
  }

  private void removeOurs(CountedDirectory place, String name, Found found) throws IOException {
    if (place.remove(name) && found.damage() != null) {
      damage.removed(place.file(name), found.damage());
    }
  }
}
