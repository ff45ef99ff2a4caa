package dev.bobbin.xmpp.bob.testkit;

import dev.bobbin.xmpp.bob.BobKey;
import dev.bobbin.xmpp.bob.StoredBob;
import dev.bobbin.xmpp.bob.spi.BobStore;
import dev.bobbin.xmpp.bob.spi.StoreContext;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Stores in memory that each break one rule about putting under a condition. */
final class BrokenConditions {
  private BrokenConditions() {}

  /** Looks, and then puts; the first two threads on a key look before one of them puts. */
  static class LooksThenPuts extends MemoryTrial {
    @Override
    BobStore make(StoreContext context) {
      CountDownLatch none = new CountDownLatch(2);
      CountDownLatch some = new CountDownLatch(2);
      return new ReferenceStore(context) {
        @Override
        public boolean putIf(StoredBob expected, StoredBob item) throws IOException {
          if (!get(item.key()).equals(Optional.ofNullable(expected))) {
            return false;
          }
          if (item.key().cid().value().startsWith("shared")) {
            awaitAWhile(expected == null ? none : some);
          }
          put(item);
          return true;
        }
      };
    }
  }

  private static void awaitAWhile(CountDownLatch latch) throws IOException {
    latch.countDown();
    try {
      // Not for ever: a thread may be the only one.
      if (!latch.await(1, TimeUnit.SECONDS)) {
        throw new IOException("no other thread has come");
      }
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  /** Of keys that several threads use, not: there, chance decides whether it shows. */
  static class PutsUnconditionally extends MemoryTrial {
    @Override
    BobStore make(StoreContext context) {
      return new ReferenceStore(context) {
        @Override
        public synchronized boolean putIf(StoredBob expected, StoredBob item) throws IOException {
          boolean asExpected = get(item.key()).equals(Optional.ofNullable(expected));
          if (asExpected || !item.key().cid().value().startsWith("shared")) {
            put(item);
          }
          return asExpected;
        }
      };
    }
  }

  /** Takes an item of the same bytes for the same item. */
  static class ComparesDataOnly extends MemoryTrial {
    @Override
    BobStore make(StoreContext context) {
      return new ReferenceStore(context) {
        @Override
        public synchronized boolean putIf(StoredBob expected, StoredBob item) throws IOException {
          Optional<StoredBob> there = get(item.key());
          boolean same =
              expected != null
                  && there.map(i -> i.bob().data()).equals(Optional.of(expected.bob().data()));
          return super.putIf(same ? there.orElseThrow() : expected, item);
        }
      };
    }
  }

  /** Only adds: what is there is never as expected. */
  static class NeverReplaces extends MemoryTrial {
    @Override
    BobStore make(StoreContext context) {
      return new ReferenceStore(context) {
        @Override
        public synchronized boolean putIf(StoredBob expected, StoredBob item) throws IOException {
          return expected == null && super.putIf(null, item);
        }
      };
    }

    @Override
    protected StoreTraits traits() {
      return super.traits().notAtomic("nobody could count up");
    }
  }

  /** Compares with what was put last, be it expired. */
  static class ForgetsExpiry extends MemoryTrial {
    @Override
    BobStore make(StoreContext context) {
      return new ReferenceStore(context) {
        private StoredBob last;

        @Override
        public synchronized void put(StoredBob item) throws IOException {
          super.put(item);
          last = item;
        }

        @Override
        public synchronized boolean delete(BobKey key) throws IOException {
          last = null;
          return super.delete(key);
        }

        @Override
        public synchronized boolean putIf(StoredBob expected, StoredBob item) throws IOException {
          boolean expired = last != null && last.key().equals(item.key()) && isExpired(last);
          if (expired) {
            return false;
          }
          return super.putIf(expected, item);
        }
      };
    }
  }
}
