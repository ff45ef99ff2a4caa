package dev.bobbin.xmpp.bob.testkit;

import dev.bobbin.xmpp.bob.BobKey;
import dev.bobbin.xmpp.bob.StoredBob;
import dev.bobbin.xmpp.bob.spi.BobStore;
import dev.bobbin.xmpp.bob.spi.Page;
import dev.bobbin.xmpp.bob.spi.StoreContext;
import dev.bobbin.xmpp.bob.spi.StoreUsage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;

/** A right store with one file an item. Each broken one overrides one method, to break one rule. */
class ReferenceFileStore implements BobStore {
  static final String DIRECTORY = "directory";

  private static final String SUFFIX = ".bob";
  private static final String CURSOR = "after ";

  final Path directory;
  private final InstantSource clock;
  private volatile boolean closed;

  ReferenceFileStore(StoreContext context) throws IOException {
    directory = Path.of(context.settings().text(DIRECTORY).orElseThrow());
    clock = context.clock();
    Files.createDirectories(directory);
  }

  ReferenceFormat format() {
    return new ReferenceFormat(true);
  }

  final Path file(BobKey key) {
    return directory.resolve(key.safeName() + SUFFIX);
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("closed");
    }
  }

  @Override
  public void put(StoredBob item) throws IOException {
    requireOpen();
    if (item.isExpiredAt(clock.instant())) {
      Files.deleteIfExists(file(item.key()));
      return;
    }
    Path fresh = directory.resolve(UUID.randomUUID() + ".tmp");
    Files.write(fresh, format().encode(item));
    replace(item.key(), fresh);
  }

  void replace(BobKey key, Path fresh) throws IOException {
    Files.move(fresh, file(key), StandardCopyOption.ATOMIC_MOVE);
  }

  @Override
  public Optional<StoredBob> get(BobKey key) throws IOException {
    requireOpen();
    return read(file(key)).filter(item -> item.key().equals(key) && isCurrent(item));
  }

  private boolean isCurrent(StoredBob item) {
    return !item.isExpiredAt(clock.instant());
  }

  Optional<StoredBob> read(Path file) throws IOException {
    try {
      return Optional.of(format().decode(Files.readAllBytes(file)));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  @Override
  public Optional<String> damage(BobKey key) throws IOException {
    requireOpen();
    try {
      return read(file(key)).filter(item -> !item.key().equals(key)).map(item -> "another's");
    } catch (IOException damaged) {
      return Optional.of("it cannot be read");
    }
  }

  @Override
  public Optional<StoreUsage> usage() {
    long entries = 0;
    long bytes = 0;
    try {
      for (String name : names()) {
        entries++;
        bytes += Files.size(directory.resolve(name));
      }
    } catch (IOException e) {
      return Optional.empty();
    }
    return Optional.of(new StoreUsage(bytes, entries, true, 0));
  }

  @Override
  public boolean delete(BobKey key) throws IOException {
    boolean there;
    try {
      there = get(key).isPresent();
    } catch (IOException damaged) {
      there = false;
    }
    return Files.deleteIfExists(file(key)) && there;
  }

  @Override
  public Page<BobKey> scan(String cursor, int limit) throws IOException {
    requireOpen();
    if (limit < 1 || cursor != null && !cursor.startsWith(CURSOR)) {
      throw new IllegalArgumentException("limit " + limit + ", cursor " + cursor);
    }
    String after = cursor == null ? "" : cursor.substring(CURSOR.length());
    List<BobKey> keys = new ArrayList<>();
    for (String name : names().tailSet(after, false)) {
      if (keys.size() == limit) {
        return new Page<>(keys, CURSOR + after);
      }
      key(directory.resolve(name)).ifPresent(keys::add);
      after = name;
    }
    return new Page<>(keys, null);
  }

  final TreeSet<String> names() throws IOException {
    TreeSet<String> names = new TreeSet<>();
    try (Stream<Path> files = Files.list(directory)) {
      files.map(file -> file.getFileName().toString()).filter(this::isName).forEach(names::add);
    }
    return names;
  }

  boolean isName(String name) {
    return name.endsWith(SUFFIX);
  }

  Optional<BobKey> key(Path file) {
    try {
      return read(file).map(StoredBob::key);
    } catch (IOException damaged) {
      return Optional.empty();
    }
  }

  @Override
  public void close() throws IOException {
    closed = true;
  }
}
