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
 * this store has put since. Of each thousand the oldest come first.
 *
 * <p>Thus, between two censuses, the files that cannot be evicted are looked at once, however many
 * they are, and are in nobody's way for ever. When there is no other, that is known until the next
 * census, and a put which is refused for it costs next to nothing.
 *
 * <p>Safe for use by several threads: one looks at names, and the others wait for that.
 */
final class EvictionCandidates {
  private final ItemDirectory received;
  private final ItemNames keys;
  private final Deque<Oldest.Seen> oldest = new ArrayDeque<>();

  /** Read, and not looked at yet. */
  private final Deque<String> names = new ArrayDeque<>();

  private String readTo = "";
  private boolean allRead;

  /** The newest last. */
  private final Set<String> putSince = new LinkedHashSet<>();

  EvictionCandidates(ItemDirectory received, ItemNames keys) {
    this.received = received;
    this.keys = keys;
  }

  /** Begins anew, with what a census has found. */
  synchronized void begin(List<Oldest.Seen> found) {
    oldest.clear();
    oldest.addAll(found);
    names.clear();
    readTo = "";
    allRead = false;
    putSince.clear();
  }

  /** This store has put a file. */
  synchronized void put(String name) {
    putSince.remove(name);
    putSince.add(name);
    if (putSince.size() > Oldest.MOST) {
      putSince.remove(putSince.iterator().next());
    }
  }

  /** Takes the next one; null when there is none, unless others are looked at. */
  synchronized Oldest.@Nullable Seen next() {
    return oldest.poll();
  }

  /** Takes back what was taken and not evicted, in its order. */
  synchronized void giveBack(Collection<Oldest.Seen> taken) {
    List<Oldest.Seen> backwards = new ArrayList<>(taken);
    Collections.reverse(backwards);
    backwards.forEach(oldest::addFirst);
  }

  /**
   * Looks at others, when none is left.
   *
   * @param stopped is asked after each
   * @return whether there were any to look at
   */
  synchronized boolean refill(BooleanSupplier stopped) throws IOException {
    if (!oldest.isEmpty()) {
      return true;
    }
    if (names.isEmpty() && !allRead) {
      readNames(stopped);
    }
    return look(names.isEmpty() ? putSince : names, stopped);
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

  private boolean look(Collection<String> from, BooleanSupplier stopped) {
    Oldest some = new Oldest();
    Iterator<String> next = from.iterator();
    boolean any = next.hasNext();
    for (int i = 0; i < Oldest.MOST && next.hasNext() && !stopped.getAsBoolean(); i++) {
      String name = next.next();
      next.remove();
      BasicFileAttributes attributes = CountedDirectory.attributes(received.file(name));
      if (attributes != null) {
        some.add(name, attributes.lastModifiedTime());
      }
    }
    oldest.addAll(some.inOrder());
    return any;
  }
}
