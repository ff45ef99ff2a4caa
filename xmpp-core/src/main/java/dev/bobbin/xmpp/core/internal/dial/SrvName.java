package dev.bobbin.xmpp.core.internal.dial;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * The name of a service in a certificate, such as {@code _xmpp-client.example.org} (<a
 * href="https://www.rfc-editor.org/rfc/rfc4985#section-2">RFC 4985 section 2</a>). JDK 17 gives
 * such names as DER only, so that it is read here: one short structure, from whoever shows the
 * certificate.
 */
final class SrvName {
  private static final int MOST_BYTES = 1024;
  private static final int SEQUENCE = 0x30;
  private static final int OBJECT_IDENTIFIER = 0x06;
  private static final int EXPLICIT_0 = 0xA0;
  private static final int IA5_STRING = 0x16;
  private static final int DELETE = 0x7F;

  private SrvName() {}

  /**
   * Reads an OtherName.
   *
   * @param otherName its DER, as {@code X509Certificate.getSubjectAlternativeNames} gives it
   * @return the name; empty when it is of another type or malformed
   */
  static Optional<String> read(byte[] otherName) {
    if (otherName.length > MOST_BYTES) {
      return Optional.empty();
    }
    try {
      ByteBuffer der = ByteBuffer.wrap(otherName);
      ByteBuffer other = value(der, SEQUENCE);
      ByteBuffer type = value(other, OBJECT_IDENTIFIER);
      ByteBuffer value = value(other, EXPLICIT_0);
      if (der.hasRemaining() || other.hasRemaining() || !Arrays.equals(bytes(type), dnsSrv())) {
        return Optional.empty();
      }
      if (value.hasRemaining() && (value.get(value.position()) & 0xFF) == EXPLICIT_0) {
        // JDK 17 writes the tag that it has read once more.
        ByteBuffer inner = value(value, EXPLICIT_0);
        if (value.hasRemaining()) {
          return Optional.empty();
        }
        value = inner;
      }
      byte[] name = bytes(value(value, IA5_STRING));
      for (byte b : name) {
        if (b <= ' ' || b == DELETE) {
          return Optional.empty();
        }
      }
      return value.hasRemaining()
          ? Optional.empty()
          : Optional.of(new String(name, StandardCharsets.US_ASCII));
    } catch (BufferUnderflowException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** 1.3.6.1.5.5.7.8.7, id-on-dnsSRV. */
  private static byte[] dnsSrv() {
    return new byte[] {0x2B, 6, 1, 5, 5, 7, 8, 7};
  }

  private static byte[] bytes(ByteBuffer from) {
    byte[] bytes = new byte[from.remaining()];
    from.get(bytes);
    return bytes;
  }

  /** The content of the next element, which has to have this tag. */
  private static ByteBuffer value(ByteBuffer der, int tag) {
    if ((der.get() & 0xFF) != tag) {
      throw new IllegalArgumentException("another tag");
    }
    int length = der.get() & 0xFF;
    if (length == 0x81) {
      length = der.get() & 0xFF;
    } else if (length == 0x82) {
      length = der.getShort() & 0xFFFF;
    } else if (length > 0x7F) {
      throw new IllegalArgumentException("a length that nothing here has");
    }
    if (length > der.remaining()) {
      throw new BufferUnderflowException();
    }
    ByteBuffer value = der.slice(der.position(), length);
    der.position(der.position() + length);
    return value;
  }
}
