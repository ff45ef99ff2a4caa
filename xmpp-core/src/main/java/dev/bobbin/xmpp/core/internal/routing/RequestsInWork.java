package dev.bobbin.xmpp.core.internal.routing;

import java.util.concurrent.locks.ReentrantLock;

/**
 * How many requests of peers are in work, and what they keep in memory. Bounded by both; a request
 * that is heavier than all may be together is still admitted when it is alone. Safe for use by
 * several threads.
 */
final class RequestsInWork {
  static final int MOST = 256;
  static final long MOST_WEIGHT = 4 * 1024 * 1024;

  private final ReentrantLock lock = new ReentrantLock();
  private int number;
  private long weight;

  /** Takes a place, which {@link #leave} gives back; false when there is no room. */
  boolean enter(long added) {
    lock.lock();
    try {
      if (number >= MOST || number > 0 && weight + added > MOST_WEIGHT) {
        return false;
      }
      number++;
      weight += added;
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** Gives back what {@link #enter} took for the same weight. */
  void leave(long taken) {
    lock.lock();
    try {
      number--;
      weight -= taken;
    } finally {
      lock.unlock();
    }
  }
}
