package dev.bobbin.xmpp.bob.testkit;

import dev.bobbin.xmpp.bob.BobKey;
import dev.bobbin.xmpp.bob.StoredBob;
import dev.bobbin.xmpp.bob.spi.BobStore;
import dev.bobbin.xmpp.bob.spi.StoreContext;
import dev.bobbin.xmpp.bob.spi.StoreUsage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/** Stores of files that each break one rule, and their contracts. */
final class BrokenOnDisk {
  private BrokenOnDisk() {}

  /** Broken otherwise than by being killed, so that no process is started for that. */
  abstract static class Unkilled extends FileTrial {
    Unkilled(Provider provider, UnaryOperator<StoreTraits> excused) {
      super(provider, excused);
    }

    @Override
    int kills() {
      return 0;
    }
  }

  /** Takes what it finds for an item, whatever became of it. */
  static class NoChecksum extends Unkilled {
    static class Its extends Provider {
      @Override
      public BobStore open(StoreContext context) throws IOException {
        return new ReferenceFileStore(context) {
          @Override
          ReferenceFormat format() {
            return new ReferenceFormat(false);
          }
        };
      }
    }

    NoChecksum() {
      super(new Its(), FileTrial::withoutProcesses);
    }
  }

  /** The same, and says so; but does not look at hashes either. */
  static class NoChecksumExcused extends NoChecksum {
    @Override
    protected StoreTraits traits() {
      return super.traits().noChecksum("it has none");
    }
  }

  /** Throws what nobody expects when a file is damaged. */
  static class UncheckedException extends Unkilled {
    static class Its extends Provider {
      @Override
      public BobStore open(StoreContext context) throws IOException {
        return new ReferenceFileStore(context) {
          @Override
          public Optional<StoredBob> get(BobKey key) {
            try {
              return super.get(key);
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          }
        };
      }
    }

    UncheckedException() {
      super(new Its(), FileTrial::withoutProcesses);
    }
  }

  /** Lets one damaged file keep all others from being read. */
  static class RefusesToOpen extends Unkilled {
    static class Its extends Provider {
      @Override
      public BobStore open(StoreContext context) throws IOException {
        return new ReferenceFileStore(context) {
          {
            for (String name : names()) {
              read(directory.resolve(name));
            }
          }
        };
      }
    }

    RefusesToOpen() {
      super(new Its(), FileTrial::withoutProcesses);
    }
  }

  /** Expects nothing but its own files. */
  static class ChokesOnForeignFiles extends Unkilled {
    static class Its extends Provider {
      @Override
      public BobStore open(StoreContext context) throws IOException {
        return new ReferenceFileStore(context) {
          @Override
          boolean isName(String name) {
            if (name.equals("README.txt")) {
              throw new IllegalStateException("what is that?");
            }
            return super.isName(name);
          }
        };
      }
    }

    ChokesOnForeignFiles() {
      super(new Its(), FileTrial::withoutProcesses);
    }
  }

  /** Gives nothing for what is damaged, and no reason. */
  static class NeverTellsOfDamage extends Unkilled {
    static class Its extends Provider {
      @Override
      public BobStore open(StoreContext context) throws IOException {
        return new ReferenceFileStore(context) {
          @Override
          public Optional<StoredBob> get(BobKey key) throws IOException {
            return damage(key).isPresent() ? Optional.empty() : super.get(key);
          }

          @Override
          public Optional<String> damage(BobKey key) throws IOException {
            return super.damage(key).map(told -> "");
          }
        };
      }
    }

    NeverTellsOfDamage() {
      super(new Its(), FileTrial::withoutProcesses);
    }
  }

  /** Counts its own puts and deletes only. */
  static class CountsFromNothing extends Unkilled {
    static class Its extends Provider {
      @Override
      public BobStore open(StoreContext context) throws IOException {
        return new ReferenceFileStore(context) {
          private final long before = super.usage().orElseThrow().entries();

          @Override
          public Optional<StoreUsage> usage() {
            StoreUsage right = super.usage().orElseThrow();
            return Optional.of(new StoreUsage(right.bytes(), right.entries() - before, true, 0));
          }
        };
      }
    }

    CountsFromNothing() {
      super(new Its(), FileTrial::withoutBoth);
    }
  }

  /** Believes that nobody else changes its files. */
  static class PrivateCache extends Unkilled {
    static class Its extends Provider {
      @Override
      public BobStore open(StoreContext context) throws IOException {
        Map<BobKey, StoredBob> cache = new ConcurrentHashMap<>();
        return new ReferenceFileStore(context) {
          @Override
          public void put(StoredBob item) throws IOException {
            super.put(item);
            cache.put(item.key(), item);
          }

          @Override
          public Optional<StoredBob> get(BobKey key) throws IOException {
            Optional<StoredBob> found = super.get(key);
            StoredBob cached = cache.get(key);
            return found.isPresent() && cached != null ? Optional.of(cached) : found;
          }

          @Override
          public boolean delete(BobKey key) throws IOException {
            cache.remove(key);
            return super.delete(key);
          }
        };
      }
    }

    PrivateCache() {
      super(new Its(), FileTrial::withoutDamage);
    }
  }

  /** Writes over the old item; dies half-way, as one that is killed may. */
  static class InPlace extends FileTrial {
    static class Its extends Provider {
      @Override
      public BobStore open(StoreContext context) throws IOException {
        return new ReferenceFileStore(context) {
          @Override
          void replace(BobKey key, Path fresh) throws IOException {
            if (isTimeToDie(key, file(key))) {
              byte[] bytes = Files.readAllBytes(fresh);
              Files.write(file(key), Arrays.copyOf(bytes, bytes.length / 2));
              Runtime.getRuntime().halt(1);
            }
            super.replace(key, fresh);
          }
        };
      }
    }

    InPlace() {
      super(new Its(), FileTrial::withoutBoth);
    }
  }

  /** Removes the old item before the new one takes its name; dies between the two. */
  static class DeleteThenRename extends FileTrial {
    static class Its extends Provider {
      @Override
      public BobStore open(StoreContext context) throws IOException {
        return new ReferenceFileStore(context) {
          @Override
          void replace(BobKey key, Path fresh) throws IOException {
            if (isTimeToDie(key, file(key))) {
              Files.delete(file(key));
              Runtime.getRuntime().halt(1);
            }
            super.replace(key, fresh);
          }
        };
      }
    }

    DeleteThenRename() {
      super(new Its(), FileTrial::withoutBoth);
    }
  }

  /**
   * In the other process alone, which is the only one that puts this key, and when it replaces. By
   * chance other tests would see a store that always does so, or not see it.
   */
  private static boolean isTimeToDie(BobKey key, Path file) {
    return key.cid().value().equals("overwritten") && Files.exists(file);
  }

  /** Acknowledges what it writes only when it is closed. */
  static class WritesOnClose extends FileTrial {
    static class Its extends Provider {
      @Override
      public BobStore open(StoreContext context) throws IOException {
        Map<BobKey, StoredBob> late = new ConcurrentHashMap<>();
        return new ReferenceFileStore(context) {
          @Override
          public synchronized void put(StoredBob item) throws IOException {
            if (!item.key().cid().value().startsWith("killed")) {
              super.put(item);
              return;
            }
            late.put(item.key(), item);
          }

          @Override
          public synchronized boolean delete(BobKey key) throws IOException {
            return late.remove(key) != null || super.delete(key);
          }

          @Override
          public synchronized void close() throws IOException {
            for (StoredBob item : late.values()) {
              super.put(item);
            }
            late.clear();
            super.close();
          }
        };
      }
    }

    WritesOnClose() {
      super(new Its(), FileTrial::withoutBoth);
    }
  }
}
