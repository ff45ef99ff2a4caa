package dev.bobbin.xmpp.bob.testkit;

import java.io.IOException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Has a reader look just when a writer has removed an item and not put it again. The writer waits
 * until somebody has looked, and a reader until there is a writer to wait for it; each goes on
 * after a while, since a thread may be the only one.
 */
final class Gap {
  private static final long MILLIS = 300;

  private final Semaphore writer = new Semaphore(1);
  private final Semaphore open = new Semaphore(0);
  private final Semaphore looked = new Semaphore(0);

  /** A call of the store. */
  @FunctionalInterface
  interface Call<T> {
    T run() throws IOException;
  }

  void enter(Call<Boolean> remove) throws IOException {
    writer.acquireUninterruptibly();
    looked.drainPermits();
    if (remove.run()) {
      open.release();
      await(looked);
      open.drainPermits();
    }
  }

  void leave() {
    writer.release();
  }

  <T> T look(Call<T> get) throws IOException {
    boolean inGap = await(open);
    T found = get.run();
    if (inGap) {
      looked.release();
    }
    return found;
  }

  private static boolean await(Semaphore semaphore) throws IOException {
    try {
      return semaphore.tryAcquire(MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }
}
