package dev.bobbin.xmpp.core;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Writes the DER that certificates of tests are made of (X.690). */
public final class Der {
  private Der() {}

  /** A tag, the length, and the parts after each other. */
  public static byte[] of(int tag, byte[]... parts) {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      content.writeBytes(part);
    }
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.write(tag);
    int length = content.size();
    if (length > 0xFF) {
      all.write(0x82);
      all.write(length >> 8);
    } else if (length > 0x7F) {
      all.write(0x81);
    }
    all.write(length);
    all.writeBytes(content.toByteArray());
    return all.toByteArray();
  }

  public static byte[] sequence(byte[]... parts) {
    return of(0x30, parts);
  }

  /** An object identifier such as 2.5.4.3. */
  public static byte[] oid(String dotted) {
    String[] arcs = dotted.split("\\.");
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write(Integer.parseInt(arcs[0]) * 40 + Integer.parseInt(arcs[1]));
    for (int i = 2; i < arcs.length; i++) {
      int arc = Integer.parseInt(arcs[i]);
      for (int shift = 28; shift > 0; shift -= 7) {
        if (arc >> shift != 0) {
          bytes.write(arc >> shift & 0x7F | 0x80);
        }
      }
      bytes.write(arc & 0x7F);
    }
    return of(0x06, bytes.toByteArray());
  }

  /** Text with a tag. */
  public static byte[] text(int tag, String text) {
    return of(tag, text.getBytes(StandardCharsets.ISO_8859_1));
  }

  static byte[] time(Instant time) {
    return text(
        0x18,
        DateTimeFormatter.ofPattern("yyyyMMddHHmmss'Z'").format(time.atOffset(ZoneOffset.UTC)));
  }

  /** A host in a certificate. */
  public static byte[] dnsName(String host) {
    return text(0x82, host);
  }

  /** A service in a certificate (RFC 4985). */
  public static byte[] srvName(String service) {
    return of(0xA0, oid("1.3.6.1.5.5.7.8.7"), of(0xA0, text(0x16, service)));
  }
}
