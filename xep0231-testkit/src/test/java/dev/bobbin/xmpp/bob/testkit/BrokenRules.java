package dev.bobbin.xmpp.bob.testkit;

import dev.bobbin.xmpp.api.plugin.Setting;
import dev.bobbin.xmpp.bob.BobKey;
import dev.bobbin.xmpp.bob.StoredBob;
import dev.bobbin.xmpp.bob.spi.BobStore;
import dev.bobbin.xmpp.bob.spi.BobStoreProvider;
import dev.bobbin.xmpp.bob.spi.Page;
import dev.bobbin.xmpp.bob.spi.StoreContext;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** More stores in memory that each break one rule: about replacing, ageing, listing and names. */
final class BrokenRules {
  private BrokenRules() {}

  /** Takes the hint to peers for an expiry. */
  static class AgesByMaxAge extends MemoryTrial {
    private static final Duration LONG = Duration.ofDays(1);

    @Override
    BobStore make(StoreContext context) {
      return new ReferenceStore(context) {
        @Override
        boolean isExpired(StoredBob item) {
          Duration age = item.bob().maxAge();
          return super.isExpired(item)
              || age != null
                  && age.compareTo(LONG) < 0
                  && !context.clock().instant().isBefore(item.storedAt().plus(age));
        }
      };
    }
  }

  /** An item keeps the expiry that its key had first. */
  static class KeepsFirstExpiry extends MemoryTrial {
    @Override
    BobStore make(StoreContext context) {
      return new ReferenceStore(context) {
        @Override
        public synchronized void put(StoredBob item) throws IOException {
          StoredBob old = get(item.key()).orElse(item);
          super.put(
              old.expiresAt() == null
                  ? item
                  : new StoredBob(
                      item.key(), item.bob(), item.storedAt(), old.expiresAt(), item.origin()));
        }
      };
    }
  }

  /** Never replaces what is there. */
  static class KeepsFirstItem extends MemoryTrial {
    @Override
    BobStore make(StoreContext context) {
      return new ReferenceStore(context) {
        @Override
        public synchronized void put(StoredBob item) throws IOException {
          if (isExpired(item) || get(item.key()).isEmpty()) {
            super.put(item);
          }
        }
      };
    }
  }

  /** What is replaced goes to the end of the listing. */
  static class MovesOnOverwrite extends MemoryTrial {
    @Override
    BobStore make(StoreContext context) {
      return new ReferenceStore(context) {
        @Override
        public synchronized void put(StoredBob item) throws IOException {
          // Of these keys alone: while others come and go, chance decides whether it shows.
          if (item.key().cid().value().startsWith("m")) {
            delete(item.key());
          }
          super.put(item);
        }
      };
    }
  }

  static class FirstPageOnly extends MemoryTrial {
    @Override
    BobStore make(StoreContext context) {
      return new ReferenceStore(context) {
        @Override
        public Page<BobKey> scan(String cursor, int limit) throws IOException {
          return new Page<>(super.scan(cursor, limit).items(), null);
        }
      };
    }
  }

  /** Begins anew when it does not understand the cursor. */
  static class TakesAnyCursorAndLimit extends MemoryTrial {
    @Override
    BobStore make(StoreContext context) {
      return new ReferenceStore(context) {
        @Override
        public Page<BobKey> scan(String cursor, int limit) throws IOException {
          int some = Math.max(1, limit);
          try {
            return super.scan(cursor, some);
          } catch (IllegalArgumentException e) {
            return super.scan(null, some);
          }
        }
      };
    }
  }

  /** Nobody could choose it, set it or find it. */
  static class BadNames extends MemoryTrial {
    @Override
    BobStore make(StoreContext context) {
      return new ReferenceStore(context) {
        @Override
        public String place() {
          return " ";
        }
      };
    }

    @Override
    protected BobStoreProvider provider() {
      BobStoreProvider right = super.provider();
      return new BobStoreProvider() {
        @Override
        public String name() {
          return "My Store";
        }

        @Override
        public List<Setting> settings() {
          return List.of(right.settings().get(0), right.settings().get(0));
        }

        @Override
        public BobStore open(StoreContext context) throws IOException {
          return right.open(context);
        }
      };
    }
  }
}
