package dev.bobbin.xmpp.bob;

import dev.bobbin.xmpp.api.Quoted;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * Content-ids as URIs (<a href="https://www.rfc-editor.org/rfc/rfc2392">RFC 2392</a>). The
 * characters that <a href="https://www.rfc-editor.org/rfc/rfc3986#section-3.3">RFC 3986</a> allows
 * in a path without slashes stand for themselves, every other byte of the UTF-8 form is
 * percent-encoded.
 */
final class CidUri {
  private static final String SCHEME = "cid:";
  private static final String PLAIN = "-._~!$&'()*+,;=:@";
  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  private CidUri() {}

  static String encode(String cid) {
    StringBuilder uri = new StringBuilder(SCHEME);
    for (byte b : cid.getBytes(StandardCharsets.UTF_8)) {
      if (isPlain((char) (b & 0xFF))) {
        uri.append((char) b);
      } else {
        HEX.toHexDigits(uri.append('%'), b);
      }
    }
    return uri.toString();
  }

  /** Takes characters that had to be encoded and are not as they are: markup is written by hand. */
  static String decode(String uri) {
    if (!uri.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      throw malformed(uri, "it does not begin with 'cid:'");
    }
    byte[] bytes = utf8(uri);
    ByteArrayOutputStream decoded = new ByteArrayOutputStream(bytes.length);
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] != '%') {
        decoded.write(bytes[i]);
      } else if (i + 2 < bytes.length
          && HexFormat.isHexDigit(bytes[i + 1])
          && HexFormat.isHexDigit(bytes[i + 2])) {
        decoded.write(HexFormat.fromHexDigit(bytes[++i]) << 4 | HexFormat.fromHexDigit(bytes[++i]));
      } else {
        throw malformed(uri, "a '%' in it has no two hexadecimal digits behind it");
      }
    }
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(decoded.toByteArray()))
          .toString();
    } catch (CharacterCodingException e) {
      throw malformed(uri, "what it encodes is no UTF-8");
    }
  }

  /** Half a surrogate pair is refused, and not replaced by another character. */
  private static byte[] utf8(String uri) {
    try {
      ByteBuffer encoded =
          StandardCharsets.UTF_8
              .newEncoder()
              .encode(CharBuffer.wrap(uri, SCHEME.length(), uri.length()));
      byte[] bytes = new byte[encoded.remaining()];
      encoded.get(bytes);
      return bytes;
    } catch (CharacterCodingException e) {
      throw malformed(uri, "it holds half a surrogate pair");
    }
  }

  private static boolean isPlain(char c) {
    return c >= 'a' && c <= 'z'
        || c >= 'A' && c <= 'Z'
        || c >= '0' && c <= '9'
        || PLAIN.indexOf(c) >= 0;
  }

  private static IllegalArgumentException malformed(String uri, String reason) {
    return new IllegalArgumentException(
        "'"
            + Quoted.of(uri)
            + "' is no reference to a content-id: "
            + reason
            + " (docs/errors.md#malformed-content-id)");
  }
}
