package dev.bobbin.xmpp.testkit;

import dev.bobbin.xmpp.api.jid.Jid;
import dev.bobbin.xmpp.api.jid.MalformedJidException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * The JIDs in a client's certificate: names of the kind {@code otherName} with the type {@code
 * id-on-xmppAddr} and a UTF8String (RFC 6120 section 13.7.1.4).
 */
final class XmppAddresses {
  private static final int OTHER_NAME = 0;
  private static final int TAG_SEQUENCE = 0x30;
  private static final int TAG_UTF8_STRING = 0x0C;
  private static final int TAG_CONTEXT_0 = 0xA0;

  /** 1.3.6.1.5.5.7.8.5 in DER. */
  private static final byte[] ID_ON_XMPP_ADDR = HexFormat.of().parseHex("06082b06010505070805");

  private XmppAddresses() {}

  /** What is no JID, or in another form, is left out. */
  static List<Jid> in(X509Certificate certificate) {
    List<Jid> found = new ArrayList<>();
    for (List<?> name : names(certificate)) {
      if (name.get(0).equals(OTHER_NAME) && name.get(1) instanceof byte[] der) {
        address(der).ifPresent(found::add);
      }
    }
    return found;
  }

  private static Collection<List<?>> names(X509Certificate certificate) {
    try {
      Collection<List<?>> names = certificate.getSubjectAlternativeNames();
      return names == null ? List.of() : names;
    } catch (CertificateParsingException e) {
      return List.of();
    }
  }

  private static Optional<Jid> address(byte[] otherName) {
    ByteBuffer rest = ByteBuffer.wrap(otherName);
    if (!enter(rest, TAG_SEQUENCE)) {
      return Optional.empty();
    }
    byte[] type = new byte[Math.min(ID_ON_XMPP_ADDR.length, rest.remaining())];
    rest.get(type);
    if (!Arrays.equals(type, ID_ON_XMPP_ADDR)) {
      return Optional.empty();
    }
    // Java 17 wraps the value once more than the certificate does.
    while (rest.hasRemaining() && (rest.get(rest.position()) & 0xFF) == TAG_CONTEXT_0) {
      if (!enter(rest, TAG_CONTEXT_0)) {
        return Optional.empty();
      }
    }
    if (!enter(rest, TAG_UTF8_STRING)) {
      return Optional.empty();
    }
    try {
      CharBuffer text = StandardCharsets.UTF_8.newDecoder().decode(rest);
      return Optional.of(Jid.of(text.toString()));
    } catch (CharacterCodingException | MalformedJidException e) {
      return Optional.empty();
    }
  }

  /**
   * Goes past a tag and a length; false when they are others, or the length is not what is left.
   */
  private static boolean enter(ByteBuffer der, int tag) {
    if (der.remaining() < 2 || (der.get() & 0xFF) != tag) {
      return false;
    }
    int length = der.get() & 0xFF;
    if (length > 0x82) {
      return false;
    }
    if (length >= 0x80) {
      int bytes = length - 0x80;
      length = 0;
      for (int i = 0; i < bytes && der.hasRemaining(); i++) {
        length = length << 8 | der.get() & 0xFF;
      }
    }
    return length == der.remaining();
  }

  /** The extension with these addresses, in DER. */
  static byte[] extension(List<Jid> addresses) {
    ByteArrayOutputStream names = new ByteArrayOutputStream();
    for (Jid jid : addresses) {
      ByteArrayOutputStream otherName = new ByteArrayOutputStream();
      otherName.writeBytes(ID_ON_XMPP_ADDR);
      byte[] text = jid.toString().getBytes(StandardCharsets.UTF_8);
      otherName.writeBytes(tagged(TAG_CONTEXT_0, tagged(TAG_UTF8_STRING, text)));
      names.writeBytes(tagged(TAG_CONTEXT_0, otherName.toByteArray()));
    }
    return tagged(TAG_SEQUENCE, names.toByteArray());
  }

  private static byte[] tagged(int tag, byte[] content) {
    ByteArrayOutputStream der = new ByteArrayOutputStream();
    der.write(tag);
    // Two bytes of length do for all that fits into a command line; DER has no leading zero.
    if (content.length >= 0x100) {
      der.write(0x82);
      der.write(content.length >> 8);
    } else if (content.length >= 0x80) {
      der.write(0x81);
    }
    der.write(content.length);
    der.writeBytes(content);
    return der.toByteArray();
  }
}
