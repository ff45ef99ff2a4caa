package dev.bobbin.xmpp.bob.testkit;

import dev.bobbin.xmpp.bob.BobKey;
import dev.bobbin.xmpp.bob.StoredBob;
import dev.bobbin.xmpp.bob.spi.BobStore;
import dev.bobbin.xmpp.bob.spi.StoreContext;
import dev.bobbin.xmpp.bob.spi.StoreUsage;
import java.io.IOException;
import java.util.Optional;

/** Stores in memory that keep items right, and tell wrong things of themselves. */
final class BrokenTelling {
  private BrokenTelling() {}

  /** Tells of damage wherever there is something. */
  static class DamageOfWhatIsWhole extends MemoryTrial {
    @Override
    BobStore make(StoreContext context) {
      return new ReferenceStore(context) {
        @Override
        public Optional<String> damage(BobKey key) throws IOException {
          return get(key).map(item -> "there is something");
        }
      };
    }
  }

  /** Tells of damage wherever there is nothing. */
  static class DamageOfWhatIsAbsent extends MemoryTrial {
    @Override
    BobStore make(StoreContext context) {
      return new ReferenceStore(context) {
        @Override
        public Optional<String> damage(BobKey key) throws IOException {
          return get(key).isPresent() ? Optional.empty() : Optional.of("there is nothing");
        }
      };
    }
  }

  /** Takes what it keeps and does not give for damaged. */
  static class DamageOfWhatHasExpired extends MemoryTrial {
    @Override
    BobStore make(StoreContext context) {
      return new ReferenceStore(context) {
        @Override
        public Optional<String> damage(BobKey key) throws IOException {
          return keys().contains(key) && get(key).isEmpty()
              ? Optional.of("it is not given")
              : Optional.empty();
        }
      };
    }
  }

  /** Counts calls in place of items. */
  abstract static class Counting extends MemoryTrial {
    @Override
    BobStore make(StoreContext context) {
      return new ReferenceStore(context) {
        private long more;

        @Override
        public synchronized void put(StoredBob item) throws IOException {
          boolean isThere = get(item.key()).isPresent();
          super.put(item);
          more += ofPut(isThere);
        }

        @Override
        public synchronized boolean delete(BobKey key) throws IOException {
          boolean wasThere = super.delete(key);
          more += ofDelete(wasThere);
          return wasThere;
        }

        @Override
        public synchronized Optional<StoreUsage> usage() {
          StoreUsage right = super.usage().orElseThrow();
          return Optional.of(
              new StoreUsage(right.bytes(), right.entries() + more, true, right.evicted()));
        }
      };
    }

    /** How many too many it counts then. */
    long ofPut(boolean isThere) {
      return 0;
    }

    long ofDelete(boolean wasThere) {
      return 0;
    }
  }

  static class CountsReplacedTwice extends Counting {
    @Override
    long ofPut(boolean isThere) {
      return isThere ? 1 : 0;
    }
  }

  static class NeverCountsDown extends Counting {
    @Override
    long ofDelete(boolean wasThere) {
      return wasThere ? 1 : 0;
    }
  }

  static class CountsDownForNothing extends Counting {
    @Override
    long ofDelete(boolean wasThere) {
      return wasThere ? 0 : -1;
    }
  }

  /** Pushes received items out, and does not count them. */
  static class HidesWhatItPushesOut extends MemoryTrial {
    @Override
    BobStore make(StoreContext context) {
      return new ReferenceStore(context) {
        @Override
        public synchronized Optional<StoreUsage> usage() {
          StoreUsage right = super.usage().orElseThrow();
          return Optional.of(new StoreUsage(right.bytes(), right.entries(), true, 0));
        }
      };
    }
  }
}
