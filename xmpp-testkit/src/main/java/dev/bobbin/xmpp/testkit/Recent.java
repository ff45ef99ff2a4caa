package dev.bobbin.xmpp.testkit;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The last things that happened, up to a bound. Thread-safe. */
final class Recent<T> {
  static final int MOST = 1_000;

  private final Deque<T> last = new ArrayDeque<>();

  synchronized void add(T one) {
    if (last.size() == MOST) {
      last.removeFirst();
    }
    last.addLast(one);
  }

  /** A snapshot, oldest first. */
  synchronized List<T> list() {
    return List.copyOf(last);
  }
}
