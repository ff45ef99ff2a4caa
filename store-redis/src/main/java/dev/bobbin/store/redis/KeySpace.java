package dev.bobbin.store.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.bobbin.xmpp.api.jid.Jid;
import dev.bobbin.xmpp.api.jid.MalformedJidException;
import dev.bobbin.xmpp.bob.BobKey;
import dev.bobbin.xmpp.bob.ContentId;
import dev.bobbin.xmpp.bob.Shelf;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Arrays;
import java.util.Optional;

/**
 * Names of items in Redis: the application's prefix, <code>{}</code>, and what the key is, in
 * UTF-8.
 *
 * <pre>
 *   hosted      prefix{}h:cid
 *   verified    prefix{}v:cid
 *   from        prefix{}f:length of the JID in bytes:JIDcid
 * </pre>
 *
 * <p>The braces do two things. A prefix cannot hold them, so that applications whose prefixes begin
 * alike never meet, whatever a peer's content-id looks like. And a cluster finds the slot of a name
 * from what stands in its first pair of braces, unless that is nothing: so peers cannot pile their
 * items up in one slot by a content-id that holds braces.
 */
final class KeySpace {
  private static final String SEPARATOR = "{}";
  private static final int LENGTH_DIGITS = 4;

  private final byte[] beginning;
  private final String prefix;

  /** A prefix without braces, and without what means something in a pattern of Redis. */
  KeySpace(String prefix) {
    this.prefix = prefix;
    beginning = (prefix + SEPARATOR).getBytes(UTF_8);
  }

  /** What the name of a key has behind prefix and braces: different for different keys. */
  static byte[] local(BobKey key) {
    String cid = key.cid().value();
    Shelf shelf = key.shelf();
    if (shelf instanceof Shelf.From from) {
      String sender = from.sender().toString();
      return ("f:" + sender.getBytes(UTF_8).length + ':' + sender + cid).getBytes(UTF_8);
    }
    return ((shelf instanceof Shelf.Hosted ? "h:" : "v:") + cid).getBytes(UTF_8);
  }

  byte[] name(BobKey key) {
    return name(local(key));
  }

  byte[] name(byte[] local) {
    byte[] name = Arrays.copyOf(beginning, beginning.length + local.length);
    System.arraycopy(local, 0, name, beginning.length, local.length);
    return name;
  }

  /** What selects all names of this prefix, and no others. */
  String pattern() {
    return prefix + SEPARATOR + '*';
  }

  /** The local part of a name; empty where it is none of ours. */
  Optional<byte[]> localOf(byte[] name) {
    int length = beginning.length;
    return name.length > length && Arrays.equals(name, 0, length, beginning, 0, length)
        ? Optional.of(Arrays.copyOfRange(name, length, name.length))
        : Optional.empty();
  }

  /** The key that has a local part; empty where none has. */
  static Optional<BobKey> key(byte[] local) {
    try {
      BobKey key = read(local);
      return Arrays.equals(local(key), local) ? Optional.of(key) : Optional.empty();
    } catch (IllegalArgumentException | MalformedJidException | CharacterCodingException e) {
      return Optional.empty();
    }
  }

  private static BobKey read(byte[] local) throws CharacterCodingException {
    String shelf = text(local, 0, Math.min(2, local.length));
    return switch (shelf) {
      case "h:" -> BobKey.hosted(ContentId.of(text(local, 2, local.length)));
      case "v:" -> new BobKey(Shelf.VERIFIED, ContentId.of(text(local, 2, local.length)));
      case "f:" -> from(local);
      default -> throw new IllegalArgumentException("no shelf is called so");
    };
  }

  private static BobKey from(byte[] local) throws CharacterCodingException {
    int colon = 2;
    while (colon < local.length && local[colon] != ':') {
      colon++;
    }
    if (colon > 2 + LENGTH_DIGITS) {
      throw new IllegalArgumentException("no JID is that long");
    }
    int jid = colon + 1;
    int cid = jid + Integer.parseInt(text(local, 2, colon));
    if (cid < jid || cid > local.length) {
      throw new IllegalArgumentException("the name is shorter than its JID");
    }
    Jid sender = Jid.of(text(local, jid, cid));
    return new BobKey(new Shelf.From(sender), ContentId.of(text(local, cid, local.length)));
  }

  private static String text(byte[] bytes, int from, int to) throws CharacterCodingException {
    return UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, from, to - from)).toString();
  }
}
