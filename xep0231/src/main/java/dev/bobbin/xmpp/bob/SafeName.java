package dev.bobbin.xmpp.bob;

import dev.bobbin.xmpp.api.jid.Jid;
import dev.bobbin.xmpp.api.jid.MalformedJidException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;

/**
 * Keys as file names. Lower-case letters, digits and {@code @ + - = .} stand for themselves, every
 * other byte of the UTF-8 form is {@code %} and two lower-case hexadecimal digits. A leading
 * underscore therefore never comes from a content-id, and marks the names of the other shelves:
 *
 * <pre>
 *   hosted      cid
 *   verified    _v-cid
 *   from        _f-jid%-cid     ("%-" occurs nowhere else)
 *   too long    _h-SHA-256 of the name
 * </pre>
 */
final class SafeName {
  /** Leaves room for what a store may append within the 255 bytes of most file systems. */
  static final int MAX_CHARS = 200;

  private static final String VERIFIED = "_v-";
  private static final String FROM = "_f-";
  private static final String HASHED = "_h-";
  private static final String SEPARATOR = "%-";
  private static final Set<String> DEVICES =
      Set.of("con", "prn", "aux", "nul", "conin$", "conout$");

  private SafeName() {}

  static String of(BobKey key) {
    String cid = escape(key.cid().value());
    String name = cid;
    if (key.shelf() instanceof Shelf.Verified) {
      name = VERIFIED + cid;
    } else if (key.shelf() instanceof Shelf.From from) {
      name = FROM + escape(from.sender().toString()) + SEPARATOR + cid;
    }
    return name.length() <= MAX_CHARS ? name : HASHED + sha256(name);
  }

  static Optional<BobKey> parse(String name) {
    try {
      BobKey key = read(name);
      return of(key).equals(name) ? Optional.of(key) : Optional.empty();
    } catch (IllegalArgumentException | MalformedJidException | CharacterCodingException e) {
      return Optional.empty();
    }
  }

  private static BobKey read(String name) throws CharacterCodingException {
    if (name.startsWith(VERIFIED)) {
      return new BobKey(Shelf.VERIFIED, cid(name.substring(VERIFIED.length())));
    }
    int separator = name.indexOf(SEPARATOR);
    if (name.startsWith(FROM) && separator >= 0) {
      Jid sender = Jid.of(unescape(name.substring(FROM.length(), separator)));
      return new BobKey(
          new Shelf.From(sender), cid(name.substring(separator + SEPARATOR.length())));
    }
    return BobKey.hosted(cid(name));
  }

  private static ContentId cid(String escaped) throws CharacterCodingException {
    return ContentId.of(unescape(escaped));
  }

  private static String escape(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    boolean device = isDevice(text);
    StringBuilder name = new StringBuilder(bytes.length + 8);
    for (int i = 0; i < bytes.length; i++) {
      boolean edge = i == 0 || i == bytes.length - 1;
      boolean plain = isPlain(bytes[i]) && !(edge && bytes[i] == '.') && !(device && i == 0);
      if (plain) {
        name.append((char) bytes[i]);
      } else {
        name.append('%').append(HexFormat.of().toHexDigits(bytes[i]));
      }
    }
    return name.toString();
  }

  private static boolean isPlain(byte b) {
    return b >= 'a' && b <= 'z' || b >= '0' && b <= '9' || "@+-=.".indexOf(b) >= 0;
  }

  /** Windows takes a device's name for the device, whatever follows a dot. */
  private static boolean isDevice(String text) {
    int dot = text.indexOf('.');
    String stem = (dot < 0 ? text : text.substring(0, dot)).stripTrailing();
    return DEVICES.contains(stem)
        || stem.length() == 4
            && (stem.startsWith("com") || stem.startsWith("lpt"))
            && Character.isDigit(stem.charAt(3));
  }

  private static String unescape(String name) throws CharacterCodingException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(name.length());
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c == '%') {
        if (i + 2 >= name.length()) {
          throw new IllegalArgumentException("an escape is cut short");
        }
        bytes.write(HexFormat.fromHexDigits(name, i + 1, i + 3));
        i += 2;
      } else if (c < 0x80) {
        bytes.write(c);
      } else {
        throw new IllegalArgumentException("a name is ASCII");
      }
    }
    return StandardCharsets.UTF_8
        .newDecoder()
        .decode(ByteBuffer.wrap(bytes.toByteArray()))
        .toString();
  }

  private static String sha256(String name) {
    return HexFormat.of().formatHex(HashAlgorithm.SHA_256.digest(BobData.utf8(name)));
  }
}
