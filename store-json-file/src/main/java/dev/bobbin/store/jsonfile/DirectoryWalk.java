package dev.bobbin.store.jsonfile;

import dev.bobbin.xmpp.bob.BobKey;
import dev.bobbin.xmpp.bob.StoredBob;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.InvalidPathException;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Goes through the files of one directory again and again, a few at a time: counts them, removes
 * what has expired, and notes which are the oldest.
 *
 * <p>When an item expires stands inside its file, and to read all files each time would be a waste.
 * So a file is read only if it was modified since the last time (with a minute to spare); all are
 * read when the earliest expiry that was seen is past, and once a day, should a clock have jumped
 * or a file have come with an old time. Nothing is kept of single files. While a large directory is
 * counted for the first time none is read, so that its quota holds the sooner; all are the next
 * time.
 *
 * <p>Used by one thread at a time. A file is counted in the turn in which it changes, as {@link
 * Census} wants it, and read outside of it.
 */
final class DirectoryWalk {
  static final Duration SPARE = Duration.ofMinutes(1);
  static final Duration DAY = Duration.ofDays(1);

  private static final Logger LOG = LoggerFactory.getLogger(DirectoryWalk.class);

  private final CountedDirectory place;
  private final ItemNames keys;
  private final ItemReader reader;
  private final Expiry expiry;
  private final Turns turns;
  private Oldest oldest = new Oldest();

  /** Null when it is not under way. */
  private @Nullable Instant began;

  private Instant lastBegan = Instant.MIN;
  private Instant lastReadAll = Instant.MIN;
  private boolean readsAny;
  private boolean readsAll;
  private @Nullable Instant nextExpiry;
  private @Nullable Instant seenExpiry;

  DirectoryWalk(
      CountedDirectory place, ItemNames keys, ItemReader reader, Expiry expiry, Turns turns) {
    this.place = place;
    this.keys = keys;
    this.reader = reader;
    this.expiry = expiry;
    this.turns = turns;
  }

  /** The files of the last time that were modified the longest time ago, in that order. */
  List<Oldest.Seen> oldest() {
    return oldest.inOrder();
  }

  /** Counts the files without reading any, if there are but so many; otherwise does nothing. */
  void countAtOnce(int most) throws IOException {
    List<String> names = DirectoryNames.some(place.files().path(), most + 1, name -> true);
    if (names.size() <= most) {
      beginCensus();
      place.count().read(names, false);
      for (String name = next(); name != null; name = next()) {
        count(name);
      }
    }
  }

  /**
   * Goes on, or begins anew.
   *
   * @param most how many files to look at
   * @param stopped is asked after each
   * @return false when all files have been looked at
   * @throws IOException when the names cannot be read; the next step begins anew
   */
  boolean step(int most, BooleanSupplier stopped) throws IOException {
    boolean more = false;
    try {
      if (began == null) {
        begin(MachineClock.now());
      }
      more = goOn(most, stopped);
    } finally {
      if (!more) {
        began = null;
      }
    }
    return more;
  }

  private void begin(Instant now) {
    began = now;
    readsAny = place.count().isKnown();
    beginCensus();
    readsAll =
        readsAny
            && (lastReadAll.equals(Instant.MIN)
                || MachineClock.distance(lastReadAll).compareTo(DAY) >= 0
                || (nextExpiry != null && !nextExpiry.isAfter(expiry.clock().instant())));
    seenExpiry = readsAll ? null : nextExpiry;
  }

  private void beginCensus() {
    place.count().begin();
    oldest = new Oldest();
  }

  private boolean goOn(int most, BooleanSupplier stopped) throws IOException {
    String name = next();
    if (name == null) {
      if (place.count().isFinished()) {
        end();
        return false;
      }
      String readTo = place.count().readTo();
      List<String> names =
          DirectoryNames.after(
              place.files().path(),
              readTo,
              DirectoryNames.WINDOW,
              DirectoryNames.until(stopped, each -> true));
      place.count().read(names, names.size() == DirectoryNames.WINDOW);
      return true;
    }
    for (int i = 0; name != null && i < most && !stopped.getAsBoolean(); i++) {
      BasicFileAttributes attributes = count(name);
      if (attributes != null && isToBeRead(name, attributes)) {
        sweep(name);
      }
      name = next();
    }
    return true;
  }

  private void end() {
    Instant time = began == null ? Instant.MIN : began;
    lastBegan = time;
    if (readsAll) {
      lastReadAll = time;
    }
    nextExpiry = seenExpiry;
  }

  private @Nullable String next() {
    return place.count().next();
  }

  /** Null when it is no regular file, or none any more. */
  private @Nullable BasicFileAttributes count(String name) {
    Lock turn = turns.of(keys.turn(place.files(), name));
    turn.lock();
    try {
      BasicFileAttributes attributes = attributes(name);
      place.count().count(name, CountedDirectory.tally(attributes));
      if (attributes != null && keys.belongs(place.files(), name)) {
        oldest.add(name, attributes.lastModifiedTime());
      }
      return attributes;
    } finally {
      turn.unlock();
    }
  }

  private @Nullable BasicFileAttributes attributes(String name) {
    try {
      return CountedDirectory.attributes(place.file(name));
    } catch (InvalidPathException e) {
      // A letter that the locale does not have: no name leads to that file.
      return null;
    }
  }

  private boolean isToBeRead(String name, BasicFileAttributes attributes) {
    Instant modified = attributes.lastModifiedTime().toInstant();
    return readsAny
        && keys.belongs(place.files(), name)
        && (readsAll || !modified.isBefore(lastBegan.minus(SPARE)));
  }

  private void sweep(String name) throws IOException {
    try {
      Optional<BobKey> key = keys.key(place.files(), name);
      if (key.isEmpty()) {
        return;
      }
      Optional<StoredBob> item = reader.itemAtOnce(place.file(name), key.get());
      if (item.filter(expiry::isPast).isPresent()) {
        expiry.remove(place, name, key.get());
      } else {
        item.map(StoredBob::expiresAt).filter(this::isSooner).ifPresent(time -> seenExpiry = time);
      }
    } catch (InterruptedIOException e) {
      throw e;
    } catch (NotPutBackException e) {
      LOG.warn("{}", e.getMessage());
    } catch (IOException e) {
      LOG.debug("Whether {} has expired is not known: {}", name, Problems.reason(e));
    }
  }

  private boolean isSooner(Instant time) {
    return seenExpiry == null || time.isBefore(seenExpiry);
  }
}
