package dev.bobbin.store.jsonfile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bobbin.store.jsonfile.HiddenName.Kind;
import dev.bobbin.xmpp.bob.BobKey;
import dev.bobbin.xmpp.bob.ContentId;
import dev.bobbin.xmpp.bob.StoredBob;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is done to a store whose disk fails. Each is about one key, and begins on a new disk. */
enum Deed {
  PUT_NEW(Deed.PLAIN, null, Deed.FRESH) {
    @Override
    void run(Path directory, JsonFileBobStore store) throws IOException {
      store.put(after().orElseThrow());
    }
  },
  PUT_OVER_ANOTHER(Deed.PLAIN, Deed.OLD, Deed.FRESH) {
    @Override
    void run(Path directory, JsonFileBobStore store) throws IOException {
      store.put(after().orElseThrow());
    }
  },
  PUT_OVER_PYTHONS(Deed.ESCAPED, Deed.OLD, Deed.FRESH) {
    @Override
    void prepare(Path directory) throws IOException {
      write(directory.resolve(Deed.ESCAPED), before().orElseThrow());
    }

    @Override
    void run(Path directory, JsonFileBobStore store) throws IOException {
      store.put(after().orElseThrow());
    }
  },
  PUT_IF_NEW(Deed.PLAIN, null, Deed.FRESH) {
    @Override
    void run(Path directory, JsonFileBobStore store) throws IOException {
      assertThat(store.putIf(null, after().orElseThrow())).isTrue();
    }
  },
  PUT_IF_OVER(Deed.PLAIN, Deed.OLD, Deed.FRESH) {
    @Override
    void run(Path directory, JsonFileBobStore store) throws IOException {
      assertThat(store.putIf(before().orElseThrow(), after().orElseThrow())).isTrue();
    }
  },
  PUT_EXPIRED(Deed.PLAIN, Deed.OLD, null) {
    @Override
    void run(Path directory, JsonFileBobStore store) throws IOException {
      store.put(Items.expiring(key(), "expired", Instant.EPOCH));
    }
  },
  GET(Deed.PLAIN, Deed.OLD, Deed.OLD) {
    @Override
    void run(Path directory, JsonFileBobStore store) throws IOException {
      assertThat(store.get(key())).isEqualTo(after());
    }
  },
  GET_PYTHONS(Deed.ESCAPED, Deed.OLD, Deed.OLD) {
    @Override
    void prepare(Path directory) throws IOException {
      PUT_OVER_PYTHONS.prepare(directory);
    }

    @Override
    void run(Path directory, JsonFileBobStore store) throws IOException {
      assertThat(store.get(key())).isEqualTo(after());
    }
  },
  GET_EXPIRED(Deed.PLAIN, null, null) {
    @Override
    void prepare(Path directory) throws IOException {
      write(file(directory), Items.expiring(key(), "expired", Instant.EPOCH));
    }

    @Override
    void run(Path directory, JsonFileBobStore store) throws IOException {
      assertThat(store.get(key())).isEmpty();
    }
  },
  DELETE(Deed.PLAIN, Deed.OLD, null) {
    @Override
    void run(Path directory, JsonFileBobStore store) throws IOException {
      assertThat(store.delete(key())).isTrue();
    }
  },
  DELETE_PYTHONS_AND_OURS(Deed.ESCAPED, Deed.OLD, null) {
    @Override
    void prepare(Path directory) throws IOException {
      write(directory.resolve(Deed.ESCAPED), Items.item(key(), "hidden by ours"));
      super.prepare(directory);
    }

    @Override
    void run(Path directory, JsonFileBobStore store) throws IOException {
      assertThat(store.delete(key())).isTrue();
    }
  },
  /** Then Python's is the one that a look-up gives. */
  DELETE_PYTHONS_BESIDE_DAMAGED(Deed.ESCAPED, Deed.OLD, null) {
    @Override
    void prepare(Path directory) throws IOException {
      PUT_OVER_PYTHONS.prepare(directory);
      Files.setLastModifiedTime(
          Files.writeString(file(directory), "damaged"), FileTime.from(Instant.EPOCH));
    }

    @Override
    void run(Path directory, JsonFileBobStore store) throws IOException {
      assertThat(store.delete(key())).isTrue();
    }
  },
  DELETE_PYTHONS_BESIDE_EXPIRED(Deed.ESCAPED, Deed.OLD, null) {
    @Override
    void prepare(Path directory) throws IOException {
      PUT_OVER_PYTHONS.prepare(directory);
      write(file(directory), Items.expiring(key(), "expired", Instant.EPOCH));
      Files.setLastModifiedTime(file(directory), FileTime.from(Instant.EPOCH));
    }

    @Override
    void run(Path directory, JsonFileBobStore store) throws IOException {
      assertThat(store.delete(key())).isTrue();
    }
  },
  SCAN(Deed.LONG, Deed.OLD, Deed.OLD) {
    @Override
    void run(Path directory, JsonFileBobStore store) throws IOException {
      KeyListingTest.assertListed(store, key());
    }
  },
  OPEN_NEW(Deed.PLAIN, null, null) {
    @Override
    void run(Path directory, JsonFileBobStore store) throws IOException {
      FaultInjectionTest.open(directory.resolve("a/b")).close();
    }
  },
  OPEN_WITH_LEFTOVERS(Deed.PLAIN, Deed.OLD, Deed.OLD) {
    @Override
    void run(Path directory, JsonFileBobStore store) throws IOException {
      FaultInjectionTest.open(directory).close();
    }

    /** The item is held by a process that has died. */
    @Override
    void prepare(Path directory) throws IOException {
      write(HiddenName.held(directory, Deed.PLAIN), before().orElseThrow());
      for (Kind kind : new Kind[] {Kind.UNFINISHED, Kind.REMOVED, Kind.REPLACED}) {
        Files.createFile(
            HiddenName.directory(directory).resolve(HiddenName.next(kind, Instant.EPOCH, "")));
      }
    }
  },
  /**
   * Another item has expired, and goes in the background, which fails without a word to anybody.
   */
  OPEN_AND_SWEEP(Deed.PLAIN, Deed.OLD, Deed.OLD) {
    @Override
    void prepare(Path directory) throws IOException {
      super.prepare(directory);
      write(
          directory.resolve(Deed.OTHER),
          Items.expiring(Items.hosted(Deed.OTHER), "expired", Instant.EPOCH));
    }

    @Override
    void run(Path directory, JsonFileBobStore store) throws IOException {
      ManualTimer timer = new ManualTimer();
      FaultInjectionTest.open(directory, Limits.DEFAULT, timer);
      timer.round();
    }

    @Override
    void requireDone(Path directory) {
      assertThat(directory.resolve(Deed.OTHER)).doesNotExist();
    }
  },
  /**
   * Another received item makes room for a larger one under this key, though this key has the older
   * one: what is there must not go before what is to come is there.
   */
  OPEN_AND_EVICT(Deed.PLAIN, Deed.OLD, Deed.FRESH) {
    @Override
    BobKey key() {
      return Items.verified(Deed.PLAIN);
    }

    @Override
    Path file(Path directory) {
      return super.file(directory.resolve(StoreDirectory.RECEIVED));
    }

    @Override
    void prepare(Path directory) throws IOException {
      super.prepare(directory);
      Files.setLastModifiedTime(file(directory), FileTime.from(Instant.EPOCH));
      write(other(directory), Deed.RECEIVED);
    }

    @Override
    void run(Path directory, JsonFileBobStore store) throws IOException {
      StoredBob fresh = after().orElseThrow();
      long tooFew = Deed.content(fresh).length + Deed.content(Deed.RECEIVED).length - 1;
      FaultInjectionTest.open(directory, new Limits(tooFew, 100), Timer.STOPPED).put(fresh);
    }

    @Override
    void requireDone(Path directory) {
      assertThat(other(directory)).doesNotExist();
    }

    private Path other(Path directory) {
      return directory.resolve(StoreDirectory.RECEIVED).resolve(Deed.RECEIVED.key().safeName());
    }
  };

  private static final StoredBob RECEIVED = Items.item(Items.verified("other"), "other");
  private static final String PLAIN = "x";
  private static final String OTHER = "other";
  private static final String ESCAPED = "Two words";
  private static final String TWENTY = "XXXXXXXXXXXXXXXXXXXX";
  private static final String LONG = TWENTY + TWENTY + TWENTY + TWENTY; // escaped, 240 characters
  private static final String OLD = "old";
  private static final String FRESH = "fresh";

  private final String cid;
  private final @Nullable String before;
  private final @Nullable String after;

  Deed(String cid, @Nullable String before, @Nullable String after) {
    this.cid = cid;
    this.before = before;
    this.after = after;
  }

  abstract void run(Path directory, JsonFileBobStore store) throws IOException;

  /** Puts what is there before a store is opened. */
  void prepare(Path directory) throws IOException {
    if (before != null) {
      write(file(directory), before().orElseThrow());
    }
  }

  /** For when no call has failed: what else has to be so than that the item is there. */
  void requireDone(Path directory) throws IOException {}

  /** Opening, or looking at two files, takes so many calls that two kinds have to do. */
  List<Fault> faults() {
    return name().startsWith("OPEN") || name().contains("BESIDE")
        ? List.of(Fault.IO_ERROR, Fault.INTERRUPT)
        : List.of(Fault.values());
  }

  BobKey key() {
    return BobKey.hosted(ContentId.of(cid));
  }

  Path file(Path directory) {
    return directory.resolve(key().safeName());
  }

  Optional<StoredBob> before() {
    return Optional.ofNullable(before).map(text -> Items.item(key(), text));
  }

  Optional<StoredBob> after() {
    return Optional.ofNullable(after).map(text -> Items.item(key(), text));
  }

  private static void write(Path file, StoredBob item) throws IOException {
    Files.write(file, content(item));
  }

  private static byte[] content(StoredBob item) throws IOException {
    return new ItemFormat(ItemReader.maxFileBytes(8192)).encode(item);
  }
}
