package dev.bobbin.benchmarks;

import dev.bobbin.xmpp.bob.Bob;
import dev.bobbin.xmpp.bob.BobData;
import dev.bobbin.xmpp.bob.BobKey;
import dev.bobbin.xmpp.bob.ContentId;
import dev.bobbin.xmpp.bob.StoredBob;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.UUID;

/**
 * A directory of a store of JSON files, made and used without the store: by the steps that a
 * durable store cannot do without, and no others.
 */
final class StoreFiles {
  private static final String DATA = "0123456789".repeat(20);
  private static final Instant STORED = Instant.parse("2026-01-02T03:04:05Z");

  private final Path directory;

  StoreFiles(Path directory) {
    this.directory = directory;
  }

  static BobKey key(String name) {
    return BobKey.hosted(ContentId.of(name));
  }

  static StoredBob item(String name) {
    BobKey key = key(name);
    Bob bob = new Bob(key.cid(), "text/plain", BobData.utf8(DATA), null);
    return new StoredBob(key, bob, STORED, null, null);
  }

  private static byte[] content(String name) {
    return ("{\"data\":\""
            + BobData.utf8(DATA).toBase64()
            + "\",\"type\":\"text/plain\",\"cid\":\""
            + name
            + "\",\"max_age\":null,\"stored_at\":\""
            + STORED
            + "\"}")
        .getBytes(StandardCharsets.UTF_8);
  }

  /** The name of an item's file, and its content-id. */
  static String name(int number) {
    return "item-" + number + "@bench";
  }

  /** Makes files that the store takes for items, without waiting for the disk. */
  void fill(int files) throws IOException {
    for (int i = 0; i < files; i++) {
      Files.write(directory.resolve(name(i)), content(name(i)));
    }
  }

  int get(String name) throws IOException {
    try (FileChannel channel = FileChannel.open(directory.resolve(name), StandardOpenOption.READ)) {
      ByteBuffer bytes = ByteBuffer.allocate((int) channel.size());
      while (bytes.hasRemaining() && channel.read(bytes) >= 0) {
        // The whole of it.
      }
      return bytes.position();
    }
  }

  /** As {@link #put}, with a way back until it is durable: the old file has a second name. */
  void putWithWayBack(String name) throws IOException {
    Path old = directory.resolve(".old-" + UUID.randomUUID());
    Files.createLink(old, directory.resolve(name));
    put(name);
    Files.delete(old);
  }

  /** Durable and all or nothing. */
  void put(String name) throws IOException {
    Path target = directory.resolve(name);
    // Others may put at the same time. Where in the directory a name is depends on its hash.
    Path fresh = directory.resolve(".fresh-" + UUID.randomUUID());
    try (FileChannel channel =
        FileChannel.open(fresh, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      ByteBuffer bytes = ByteBuffer.wrap(content(name));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
    Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE);
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  /** Removes a directory of files and of such directories. */
  static void remove(Path directory) throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
      for (Path file : files) {
        if (Files.isDirectory(file)) {
          remove(file);
        } else {
          Files.delete(file);
        }
      }
    }
    Files.delete(directory);
  }
}
