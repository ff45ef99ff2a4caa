package dev.bobbin.xmpp.bob.testkit;

import dev.bobbin.xmpp.api.jid.Jid;
import dev.bobbin.xmpp.bob.Bob;
import dev.bobbin.xmpp.bob.BobData;
import dev.bobbin.xmpp.bob.BobKey;
import dev.bobbin.xmpp.bob.ContentId;
import dev.bobbin.xmpp.bob.Shelf;
import dev.bobbin.xmpp.bob.StoredBob;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.zip.CRC32C;

/** An item as bytes: length, checksum, fields. */
record ReferenceFormat(boolean checks) {
  private static final int HEAD = 8;

  byte[] encode(StoredBob item) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    Shelf shelf = item.key().shelf();
    out.writeUTF(shelf instanceof Shelf.Hosted ? "h" : shelf instanceof Shelf.Verified ? "v" : "f");
    writeText(out, shelf instanceof Shelf.From from ? from.sender() : null);
    out.writeUTF(item.key().cid().value());
    out.writeUTF(item.bob().type());
    writeText(out, item.bob().maxAge());
    writeText(out, item.storedAt());
    writeText(out, item.expiresAt());
    writeText(out, item.origin());
    out.writeInt(item.bob().data().size());
    out.write(item.bob().data().toByteArray());
    byte[] fields = bytes.toByteArray();
    return ByteBuffer.allocate(HEAD + fields.length)
        .putInt(fields.length)
        .putInt(checksum(fields))
        .put(fields)
        .array();
  }

  private static void writeText(DataOutputStream out, Object value) throws IOException {
    out.writeUTF(value == null ? "" : value.toString());
  }

  StoredBob decode(byte[] file) throws IOException {
    if (file.length < HEAD) {
      throw new IOException("cut short");
    }
    ByteBuffer buffer = ByteBuffer.wrap(file);
    int length = buffer.getInt();
    int checksum = buffer.getInt();
    byte[] fields = new byte[buffer.remaining()];
    buffer.get(fields);
    if (length != fields.length || checks && checksum != checksum(fields)) {
      throw new IOException("damaged");
    }
    try {
      return fields(new DataInputStream(new ByteArrayInputStream(fields)));
    } catch (RuntimeException e) {
      throw new IOException("damaged", e);
    }
  }

  private static StoredBob fields(DataInputStream in) throws IOException {
    String kind = in.readUTF();
    String sender = in.readUTF();
    ContentId cid = ContentId.of(in.readUTF());
    String type = in.readUTF();
    String age = in.readUTF();
    Instant storedAt = Instant.parse(in.readUTF());
    String expiresAt = in.readUTF();
    String origin = in.readUTF();
    BobData data = BobData.of(in.readNBytes(in.readInt()));
    Shelf shelf =
        switch (kind) {
          case "h" -> Shelf.HOSTED;
          case "v" -> Shelf.VERIFIED;
          default -> new Shelf.From(Jid.of(sender));
        };
    return new StoredBob(
        new BobKey(shelf, cid),
        new Bob(cid, type, data, age.isEmpty() ? null : Duration.parse(age)),
        storedAt,
        expiresAt.isEmpty() ? null : Instant.parse(expiresAt),
        origin.isEmpty() ? null : Jid.of(origin));
  }

  private static int checksum(byte[] bytes) {
    CRC32C checksum = new CRC32C();
    checksum.update(bytes);
    return (int) checksum.getValue();
  }
}
