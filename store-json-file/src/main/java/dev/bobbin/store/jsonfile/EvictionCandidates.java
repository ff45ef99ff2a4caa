package dev.bobbin.store.jsonfile;

import java.io.IOException;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The received files that may be evicted, about the oldest first: those that the last census found
 * to be the oldest; behind them all, by the order of names, some thousand at a time; and then what
 * this store has put since, or could not look at. Of each thousand the oldest come first.
 *
 * <p>Thus, between two censuses, the files that cannot be evicted are looked at once, however many
 * they are, and are in nobody's way for ever. When there is no other, that is known until the next
 * census, and a put which is refused for it costs next to nothing.
 *
 * <p>Some thousands are kept. Where there were more, all names are read anew once those that were
 * read are used up: or a full store, in which each put is one more, would never come to the rest.
 *
 * <p>For one thread at a time, but for {@link #last}: that takes a lock of its own, under which
 * nothing is read, and so waits for nobody who looks at files.
 */
final class EvictionCandidates {
  /** More than one put looks at; what comes behind them is forgotten. */
  static final int MOST_KEPT = 20 * Oldest.MOST;

  private final ItemDirectory received;
  private final ItemNames keys;
  private final Deque<Oldest.Seen> oldest = new ArrayDeque<>();

  /** Read, and not looked at yet. */
  private final Deque<String> names = new ArrayDeque<>();

  private String readTo = "";
  private boolean allRead;

  private final Object lock = new Object();

  /** Those that come last; the newest behind the others. Guarded by the lock. */
  private final Set<String> last = new LinkedHashSet<>();

  /** Whether there were more than are kept. Guarded by the lock. */
  private boolean forgotten;

  EvictionCandidates(ItemDirectory received, ItemNames keys) {
    this.received = received;
    this.keys = keys;
  }

  /** Told of a file that cannot be looked at. */
  @FunctionalInterface
  interface Failed {
    void tell(String name, IOException fault);
  }

  /** Begins anew, with what a census has found. */
  void begin(List<Oldest.Seen> found) {
    synchronized (lock) {
      last.clear();
      forgotten = false;
    }
    oldest.clear();
    oldest.addAll(found);
    readAnew();
  }

  private void readAnew() {
    names.clear();
    readTo = "";
    allRead = false;
  }

  /** Notes a file that is to come after all others. By any thread. */
  void last(String name) {
    synchronized (lock) {
      last.remove(name);
      last.add(name);
      if (last.size() > Oldest.MOST) {
        takeFirst();
        forgotten = true;
      }
    }
  }

  private String takeFirst() {
    Iterator<String> each = last.iterator();
    String first = each.next();
    each.remove();
    return first;
  }

  /** Takes the next one; null when there is none, unless others are looked at. */
  Oldest.@Nullable Seen next() {
    return oldest.poll();
  }

  /** Takes back what was taken and may still be evicted, in its order. */
  void giveBack(Collection<Oldest.Seen> taken) {
    List<Oldest.Seen> backwards = new ArrayList<>(taken);
    Collections.reverse(backwards);
    backwards.forEach(oldest::addFirst);
    while (oldest.size() > MOST_KEPT) {
      oldest.removeLast();
      synchronized (lock) {
        forgotten = true;
      }
    }
  }

  /**
   * Looks at others, when none is left.
   *
   * @param stopped is asked after each
   * @param failed is told of each that cannot be looked at, which is not known here any more
   * @return whether there were any to look at
   * @throws IOException when the names cannot be read
   */
  boolean refill(BooleanSupplier stopped, Failed failed) throws IOException {
    if (!oldest.isEmpty()) {
      return true;
    }
    if (names.isEmpty() && allRead && hasForgotten()) {
      readAnew();
    }
    if (names.isEmpty() && !allRead) {
      readNames(stopped);
    }
    Oldest some = new Oldest();
    boolean any = look(some, stopped, failed);
    oldest.addAll(some.inOrder());
    return any;
  }

  /** Whether some were forgotten: then all are read again, those that come last among them. */
  private boolean hasForgotten() {
    synchronized (lock) {
      boolean had = forgotten;
      if (had) {
        last.clear();
        forgotten = false;
      }
      return had;
    }
  }

  private void readNames(BooleanSupplier stopped) throws IOException {
    List<String> read =
        DirectoryNames.after(
            received.path(),
            readTo,
            DirectoryNames.WINDOW,
            DirectoryNames.until(stopped, name -> keys.belongs(received, name)));
    names.addAll(read);
    allRead = read.size() < DirectoryNames.WINDOW;
    if (!allRead) {
      readTo = read.get(read.size() - 1);
    }
  }

  private boolean look(Oldest some, BooleanSupplier stopped, Failed failed) {
    for (int i = 0; i < Oldest.MOST && !stopped.getAsBoolean(); i++) {
      String name = nextName();
      if (name == null) {
        return i > 0;
      }
      try {
        BasicFileAttributes attributes = CountedDirectory.regular(received.file(name));
        if (attributes != null) {
          some.add(name, attributes.lastModifiedTime());
        }
      } catch (IOException e) {
        failed.tell(name, e);
      }
    }
    return true;
  }

  private @Nullable String nextName() {
    if (!names.isEmpty()) {
      return names.poll();
    }
    synchronized (lock) {
      return last.isEmpty() ? null : takeFirst();
    }
  }
}
