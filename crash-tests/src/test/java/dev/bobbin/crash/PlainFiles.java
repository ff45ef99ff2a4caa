package dev.bobbin.crash;

import dev.bobbin.xmpp.api.jid.Jid;
import dev.bobbin.xmpp.bob.Bob;
import dev.bobbin.xmpp.bob.BobData;
import dev.bobbin.xmpp.bob.BobKey;
import dev.bobbin.xmpp.bob.StoredBob;
import dev.bobbin.xmpp.bob.spi.BobStore;
import dev.bobbin.xmpp.bob.spi.Page;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A store of one file an item, as simple as it can be; those that break a rule extend it. */
class PlainFiles implements BobStore {
  private final Path directory;

  PlainFiles(Path directory) throws IOException {
    this.directory = Files.createDirectories(directory);
  }

  /** Renames a whole file into place, which is what the others do not. */
  void write(Path file, byte[] bytes) throws IOException {
    Path fresh = Files.write(directory.resolve("." + UUID.randomUUID()), bytes);
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
  }

  @Override
  public void put(StoredBob item) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeUTF(item.bob().type());
    out.writeUTF(item.storedAt().toString());
    out.writeUTF(item.expiresAt() == null ? "" : item.expiresAt().toString());
    out.writeUTF(item.origin() == null ? "" : item.origin().toString());
    out.write(item.bob().data().toByteArray());
    write(file(item.key()), bytes.toByteArray());
  }

  /** Of those that expect the same, one puts. */
  @Override
  public synchronized boolean putIf(@Nullable StoredBob expected, StoredBob item)
      throws IOException {
    return BobStore.super.putIf(expected, item);
  }

  @Override
  public Optional<StoredBob> get(BobKey key) throws IOException {
    byte[] bytes;
    try {
      bytes = Files.readAllBytes(file(key));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
    try {
      DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
      String type = in.readUTF();
      Instant storedAt = Instant.parse(in.readUTF());
      String expires = in.readUTF();
      String origin = in.readUTF();
      StoredBob item =
          new StoredBob(
              key,
              new Bob(key.cid(), type, BobData.of(in.readAllBytes()), null),
              storedAt,
              expires.isEmpty() ? null : Instant.parse(expires),
              origin.isEmpty() ? null : Jid.of(origin));
      return Optional.of(item).filter(each -> !each.isExpiredAt(Instant.now()));
    } catch (EOFException e) {
      return Optional.empty();
    }
  }

  @Override
  public boolean delete(BobKey key) throws IOException {
    return Files.deleteIfExists(file(key));
  }

  @Override
  public Page<BobKey> scan(@Nullable String cursor, int limit) throws IOException {
    return new Page<>(Keys.ALL.stream().filter(key -> Files.exists(file(key))).toList(), null);
  }

  @Override
  public void close() {}

  private Path file(BobKey key) {
    return directory.resolve(key.safeName());
  }
}
