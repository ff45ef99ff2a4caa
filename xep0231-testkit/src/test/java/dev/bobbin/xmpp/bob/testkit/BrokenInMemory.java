package dev.bobbin.xmpp.bob.testkit;

import dev.bobbin.xmpp.api.plugin.Setting;
import dev.bobbin.xmpp.bob.Bob;
import dev.bobbin.xmpp.bob.BobData;
import dev.bobbin.xmpp.bob.BobKey;
import dev.bobbin.xmpp.bob.ContentId;
import dev.bobbin.xmpp.bob.StoredBob;
import dev.bobbin.xmpp.bob.spi.BobStore;
import dev.bobbin.xmpp.bob.spi.Page;
import dev.bobbin.xmpp.bob.spi.StoreContext;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Stores in memory that each break one rule, and their contracts. */
final class BrokenInMemory {
  private BrokenInMemory() {}

  /** Gives an item out at the very instant of its expiry. */
  static class LateExpiry extends MemoryTrial {
    @Override
    BobStore make(StoreContext context) {
      return new ReferenceStore(context) {
        @Override
        boolean isExpired(StoredBob item) {
          return item.expiresAt() != null && context.clock().instant().isAfter(item.expiresAt());
        }
      };
    }
  }

  static class MixedShelves extends MemoryTrial {
    @Override
    BobStore make(StoreContext context) {
      return new ReferenceStore(context) {
        @Override
        BobKey keyOf(BobKey key) {
          return BobKey.hosted(key.cid());
        }
      };
    }
  }

  static class LowerCaseContentIds extends MemoryTrial {
    @Override
    BobStore make(StoreContext context) {
      return new ReferenceStore(context) {
        @Override
        BobKey keyOf(BobKey key) {
          String cid = key.cid().value().toLowerCase(Locale.ROOT);
          return new BobKey(key.shelf(), ContentId.of(cid));
        }
      };
    }
  }

  /** Removes the old item before it puts the new one; see {@link Gap}. */
  static class GapInOverwriting extends MemoryTrial {
    @Override
    BobStore make(StoreContext context) {
      Gap gap = new Gap();
      return new ReferenceStore(context) {
        @Override
        public void put(StoredBob item) throws IOException {
          if (!item.key().equals(hosted("shared"))) {
            super.put(item);
            return;
          }
          gap.enter(() -> super.delete(item.key()));
          super.put(item);
          gap.leave();
        }

        @Override
        public Optional<StoredBob> get(BobKey key) throws IOException {
          return key.equals(hosted("shared")) ? gap.look(() -> super.get(key)) : super.get(key);
        }
      };
    }
  }

  /** Looks whether an item is there, and then removes it; others look in between. */
  static class LooksThenDeletes extends MemoryTrial {
    @Override
    BobStore make(StoreContext context) {
      CountDownLatch looked = new CountDownLatch(2);
      return new ReferenceStore(context) {
        @Override
        public boolean delete(BobKey key) throws IOException {
          if (!key.equals(hosted("shared"))) {
            return super.delete(key);
          }
          boolean there = get(key).isPresent();
          looked.countDown();
          awaitAWhile(looked);
          super.delete(key);
          return there;
        }
      };
    }
  }

  private static void awaitAWhile(CountDownLatch latch) throws IOException {
    try {
      // Not for ever: a thread may be the only one.
      boolean opened = latch.await(1, TimeUnit.SECONDS);
      if (!opened) {
        throw new IOException("no other thread has come");
      }
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  /** Its cursor is how many keys were listed. */
  static class CountingCursor extends MemoryTrial {
    @Override
    BobStore make(StoreContext context) {
      return new ReferenceStore(context) {
        @Override
        public Page<BobKey> scan(String cursor, int limit) throws IOException {
          super.scan(cursor, limit);
          List<BobKey> keys = keys();
          long from = Math.min(keys.size(), cursor == null ? 0 : Long.parseLong(cursor));
          long to = Math.min(keys.size(), from + limit);
          return new Page<>(
              keys.subList((int) from, (int) to), to < keys.size() ? Long.toString(to) : null);
        }
      };
    }
  }

  /** Shows in each test that closes it, since the kit closes all that it has opened. */
  static class SecondCloseThrows extends MemoryTrial {
    @Override
    BobStore make(StoreContext context) {
      return new ReferenceStore(context) {
        private boolean before;

        @Override
        public synchronized void close() throws IOException {
          super.close();
          if (before) {
            throw new IOException("closed already");
          }
          before = true;
        }
      };
    }
  }

  static class WorksAfterClose extends MemoryTrial {
    @Override
    BobStore make(StoreContext context) {
      return new ReferenceStore(context) {
        @Override
        void requireOpen() {}
      };
    }
  }

  /** Waits for ever when it is closed by one of several threads. */
  static class HangsInClose extends HangingTrial {
    HangsInClose() {
      super(
          "async_closedUnderUse_endsEachStage",
          "close_byManyThreads_doesNothingMore",
          "close_underUse_endsEachCallAndKeepsWhatWasAcknowledged");
    }

    @Override
    BobStore make(StoreContext context) {
      return new ReferenceStore(context) {
        @Override
        public void close() throws IOException {
          if (Thread.currentThread().getName().startsWith("store-contract-")) {
            waitForEver();
          }
          super.close();
        }
      };
    }
  }

  /** Waits for ever when it is asked for one key. */
  static class HangsInGet extends HangingTrial {
    HangsInGet() {
      super("get_otherKey_isEmpty");
    }

    @Override
    BobStore make(StoreContext context) {
      return new ReferenceStore(context) {
        @Override
        public Optional<StoredBob> get(BobKey key) throws IOException {
          if (key.equals(hosted("CID"))) {
            waitForEver();
          }
          return super.get(key);
        }
      };
    }
  }

  private static void waitForEver() {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  static class DeleteAlwaysTrue extends MemoryTrial {
    @Override
    BobStore make(StoreContext context) {
      return new ReferenceStore(context) {
        @Override
        public synchronized boolean delete(BobKey key) throws IOException {
          super.delete(key);
          return true;
        }
      };
    }
  }

  /** Keeps the beginning of what is too large. */
  static class CutsLargeItems extends MemoryTrial {
    @Override
    BobStore make(StoreContext context) {
      return new ReferenceStore(context) {
        @Override
        public synchronized void put(StoredBob item) throws IOException {
          byte[] data = item.bob().data().toByteArray();
          byte[] cut = Arrays.copyOf(data, Math.min(data.length, context.maxItemBytes()));
          Bob bob =
              new Bob(item.bob().cid(), item.bob().type(), BobData.of(cut), item.bob().maxAge());
          super.put(
              new StoredBob(item.key(), bob, item.storedAt(), item.expiresAt(), item.origin()));
        }
      };
    }
  }

  static class RefusesOtherwiseThanAsFull extends MemoryTrial {
    @Override
    BobStore make(StoreContext context) {
      return new ReferenceStore(context) {
        @Override
        IOException full() {
          return new IOException("something is wrong");
        }
      };
    }
  }

  /** Makes room for a received item among all of them. */
  static class ReceivedPushHostedOut extends MemoryTrial {
    @Override
    BobStore make(StoreContext context) {
      return new ReferenceStore(context) {
        @Override
        void makeRoom(StoredBob item) throws IOException {
          if (isHosted(item)) {
            super.makeRoom(item);
          } else {
            evictFirst(each -> true);
          }
        }
      };
    }
  }

  /** Refuses whatever comes when it is full, also of what strangers have sent. */
  static class PushesNothingOut extends MemoryTrial {
    @Override
    BobStore make(StoreContext context) {
      return new ReferenceStore(context) {
        @Override
        void makeRoom(StoredBob item) throws IOException {
          throw full();
        }
      };
    }
  }

  /** Keeps received items rather than host another one. */
  static class ReceivedBlockHosting extends MemoryTrial {
    @Override
    BobStore make(StoreContext context) {
      return new ReferenceStore(context) {
        @Override
        void makeRoom(StoredBob item) throws IOException {
          if (isHosted(item)) {
            throw full();
          }
          super.makeRoom(item);
        }
      };
    }
  }

  /** Reads a setting that nobody can set, since it is not listed. */
  static class SettingNotListed extends MemoryTrial {
    @Override
    List<Setting> listedSettings() {
      return List.of();
    }

    @Override
    BobStore make(StoreContext context) {
      return new ReferenceStore(context);
    }
  }

  /** Its asynchronous methods throw what belongs in the stage. */
  static class AsyncThrows extends MemoryTrial {
    @Override
    BobStore make(StoreContext context) {
      return new ReferenceStore(context) {
        @Override
        public CompletionStage<Optional<StoredBob>> getAsync(BobKey key) {
          requireOpen();
          return super.getAsync(key);
        }
      };
    }
  }

  /** Leaves a stage open for ever once it is closed. */
  static class AsyncNeverEnds extends HangingTrial {
    AsyncNeverEnds() {
      super("async_closedUnderUse_endsEachStage", "async_closed_failsInTheStage");
    }

    @Override
    BobStore make(StoreContext context) {
      return new ReferenceStore(context) {
        @Override
        public CompletionStage<Boolean> deleteAsync(BobKey key) {
          CompletableFuture<Boolean> stage = new CompletableFuture<>();
          super.deleteAsync(key).thenAccept(stage::complete);
          return stage;
        }
      };
    }
  }

  /** Says that items outlive it. */
  static class LiesAboutPersistence extends MemoryTrial {
    static class Provider extends FileTrial.Provider {
      @Override
      public BobStore open(StoreContext context) {
        return new ReferenceStore(context);
      }
    }

    @Override
    protected Provider provider() {
      return new Provider();
    }

    @Override
    BobStore make(StoreContext context) {
      return provider().open(context);
    }

    @Override
    protected StoreTraits traits() {
      return StoreTraits.persistent().noFiles("a server has them").oneProcess("it says so");
    }
  }
}
