package dev.bobbin.store.jsonfile;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one who makes room has taken from the candidates. When it is closed they get back whatever
 * is not known to have gone, or to be none: in its place what was not evicted, and behind all
 * others what could not be looked at or removed, so that it is in nobody's way.
 */
final class EvictionChoice implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EvictionChoice.class);

  /** As many thousands of files that cannot be evicted are looked at for those that can. */
  private static final int MOST_REFILLS = 10;

  private final EvictionCandidates candidates;
  private final CountedDirectory received;
  private final ItemReader reader;
  private final Removal removal;
  private final Map<String, Oldest.Seen> taken = new LinkedHashMap<>();
  private final Map<String, Oldest.Seen> chosen = new LinkedHashMap<>();
  private final Set<String> failed = new LinkedHashSet<>();
  private @Nullable IOException fault;

  /** How a file goes. */
  @FunctionalInterface
  interface Removal {
    /** Returns what has gone; nothing when it has changed since it was seen. */
    Tally remove(Oldest.Seen seen) throws IOException;
  }

  EvictionChoice(
      EvictionCandidates candidates,
      CountedDirectory received,
      ItemReader reader,
      Removal removal) {
    this.candidates = candidates;
    this.received = received;
    this.reader = reader;
    this.removal = removal;
  }

  /**
   * Chooses files that come to so much together.
   *
   * @param spared a name that is not chosen
   * @return whether there are so many
   */
  boolean choose(Tally wanted, String spared) throws IOException {
    Tally sum = Tally.NONE;
    for (int refills = 0; refills <= MOST_REFILLS; refills++) {
      for (Oldest.Seen next = candidates.next(); next != null; next = candidates.next()) {
        sum = sum.plus(choose(next, spared));
        if (sum.covers(wanted)) {
          return true;
        }
      }
      if (!refill(() -> false)) {
        return false;
      }
    }
    return false;
  }

  /** As {@link EvictionCandidates#refill}; what cannot be looked at is one of those that failed. */
  boolean refill(BooleanSupplier stopped) throws IOException {
    return candidates.refill(stopped, this::failed);
  }

  private Tally choose(Oldest.Seen next, String spared) throws InterruptedIOException {
    String name = next.name();
    taken.put(name, next);
    if (name.equals(spared) || chosen.containsKey(name)) {
      return Tally.NONE;
    }
    Path file = received.file(name);
    try {
      BasicFileAttributes attributes = CountedDirectory.regular(file);
      if (next.isStill(attributes) && reader.isReceived(file, name)) {
        chosen.put(name, next);
        return CountedDirectory.tally(attributes);
      }
      taken.remove(name);
    } catch (InterruptedIOException e) {
      throw e;
    } catch (IOException e) {
      failed(name, e);
    }
    return Tally.NONE;
  }

  /**
   * Evicts what was chosen.
   *
   * @return what has gone
   */
  Tally evict() {
    Tally gone = Tally.NONE;
    for (Oldest.Seen each : chosen.values()) {
      try {
        gone = gone.plus(removal.remove(each));
        taken.remove(each.name());
      } catch (IOException e) {
        failed(each.name(), e);
      }
    }
    chosen.clear();
    return gone;
  }

  /**
   * Evicts one, if it can be.
   *
   * @return false when the disk has failed
   */
  boolean evict(Oldest.Seen next) throws InterruptedIOException {
    choose(next, "");
    evict();
    return !failed.contains(next.name());
  }

  private void failed(String name, IOException e) {
    LOG.debug("{} was not evicted: {}", name, Problems.reason(e));
    taken.remove(name);
    failed.add(name);
    fault = fault == null ? e : fault;
  }

  /** Why not all could be looked at or removed, if so. */
  void throwFault() throws IOException {
    if (fault != null) {
      throw fault;
    }
  }

  @Override
  public void close() {
    candidates.giveBack(taken.values());
    failed.forEach(candidates::last);
  }
}
