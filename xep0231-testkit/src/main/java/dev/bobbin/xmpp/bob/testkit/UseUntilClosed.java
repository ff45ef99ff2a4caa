package dev.bobbin.xmpp.bob.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bobbin.xmpp.bob.BobKey;
import dev.bobbin.xmpp.bob.StoredBob;
import dev.bobbin.xmpp.bob.spi.BobStore;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;

/**
 * Threads that use a store while another one closes it. A call that is under way then may work, or
 * be refused; what begins afterwards must be refused.
 *
 * <p>Each changing thread has a key of its own and goes on until it is refused. So its key holds
 * what was acknowledged last, or what the refused call was about. For one use.
 */
final class UseUntilClosed {
  private static final int CALLS_BEFORE = 3;

  private final BobStore store;
  private final BobKey replaced;
  private final BobKey deleted;
  private final CountDownLatch inUse = new CountDownLatch(4);
  private final Set<Optional<StoredBob>> possiblyReplaced = new HashSet<>();
  private final Set<Optional<StoredBob>> possiblyDeleted = new HashSet<>();
  private volatile boolean closing;
  private volatile boolean closed;

  UseUntilClosed(BobStore store, BobKey replaced, BobKey deleted) {
    this.store = store;
    this.replaced = replaced;
    this.deleted = deleted;
  }

  /** What a thread does once more. */
  @FunctionalInterface
  private interface Use {
    void run(int round) throws IOException;
  }

  void run(Duration patience) throws Exception {
    Threads.run(
        5,
        patience,
        thread -> {
          switch (thread) {
            case 0 -> change(replaced, possiblyReplaced, round -> version(replaced, round));
            case 1 ->
                change(
                    deleted,
                    possiblyDeleted,
                    round -> round % 2 == 0 ? version(deleted, round) : Optional.empty());
            case 2 -> untilRefused(this::read);
            case 3 -> untilRefused(round -> list());
            default -> close();
          }
        });
  }

  private void close() throws Exception {
    inUse.await();
    closing = true;
    store.close();
    closed = true;
  }

  /** What a key is to hold after a round. */
  @FunctionalInterface
  private interface Plan {
    Optional<StoredBob> after(int round);
  }

  private static Optional<StoredBob> version(BobKey key, int round) {
    return Optional.of(Versions.item(key, "closing", round));
  }

  private void change(BobKey key, Set<Optional<StoredBob>> possible, Plan plan) throws Exception {
    untilRefused(
        round -> {
          Optional<StoredBob> next = plan.after(round);
          possible.add(next);
          if (next.isPresent()) {
            store.put(next.get());
          } else {
            store.delete(key);
          }
          possible.retainAll(Set.of(next));
        });
  }

  private void read(int round) throws IOException {
    BobKey key = round % 2 == 0 ? replaced : deleted;
    Optional<StoredBob> found = store.get(key);
    found.ifPresent(Versions::requireWhole);
    assertThat(found.map(StoredBob::key)).isIn(Optional.empty(), Optional.of(key));
  }

  private void list() throws IOException {
    Pages.each(store, 1, page -> assertThat(page.items()).isSubsetOf(replaced, deleted));
  }

  private void untilRefused(Use use) throws Exception {
    for (int round = 0; !Thread.currentThread().isInterrupted(); round++) {
      boolean tooLate = closed;
      try {
        use.run(round);
      } catch (IllegalStateException e) {
        if (closing) {
          return;
        }
        throw e;
      } catch (IOException e) {
        if (closing && !tooLate) {
          return;
        }
        throw e;
      }
      if (tooLate) {
        throw new AssertionError("a call that began after close() has worked");
      }
      if (round == CALLS_BEFORE) {
        inUse.countDown();
      }
    }
  }

  /** What was acknowledged is in another store in the same place. */
  void assertKept(BobStore again) throws IOException {
    assertThat(again.get(replaced)).isIn(possiblyReplaced);
    assertThat(again.get(deleted)).isIn(possiblyDeleted);
  }
}
