package dev.bobbin.store.jsonfile;

import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/** A lock for each name, of which some share one by chance. */
final class Turns {
  static final int STRIPES = 64;

  private final Lock[] stripes =
      Stream.generate(ReentrantLock::new).limit(STRIPES).toArray(Lock[]::new);

  Lock of(String name) {
    return stripes[Math.floorMod(name.hashCode(), STRIPES)];
  }
}
