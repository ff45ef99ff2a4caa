package dev.bobbin.xmpp.core.internal.connection;

import dev.bobbin.xmpp.api.xml.XmlElement;
import dev.bobbin.xmpp.core.internal.sasl.SaslException;
import dev.bobbin.xmpp.core.internal.sasl.StrictBase64;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/**
 * The XML around what mechanisms say (<a
 * href="https://www.rfc-editor.org/rfc/rfc6120#section-6.4">RFC 6120 section 6.4</a>). An element
 * that may hold a password is made of bytes and wiped once it is written; Base64 needs no escaping.
 * For use by one thread.
 */
final class SaslElements {
  static final String SASL = "urn:ietf:params:xml:ns:xmpp-sasl";

  private final NegotiationStream stream;

  SaslElements(NegotiationStream stream) {
    this.stream = stream;
  }

  /**
   * Begins; an equals sign is an empty message (section 6.4.2). Wipes the message.
   *
   * @param last whether the mechanism needs no more than that
   */
  void auth(String mechanism, byte[] initialResponse, boolean last) throws IOException {
    send("auth", " mechanism='" + mechanism + "'", initialResponse, "=", last);
  }

  /**
   * Answers a challenge. Wipes the message.
   *
   * @param last whether the mechanism needs no more than that
   */
  void response(byte[] message, boolean last) throws IOException {
    send("response", "", message, "", last);
  }

  /** Gives up, as far as the server still listens. Its answer is not waited for. */
  void abort() {
    try {
      stream.write("<abort xmlns='" + SASL + "'/>");
    } catch (IOException e) {
      // It is being left anyway.
    }
  }

  private void send(String name, String attributes, byte[] message, String empty, boolean last)
      throws IOException {
    byte[] start = ascii("<" + name + " xmlns='" + SASL + "'" + attributes + ">");
    byte[] text = message.length == 0 ? ascii(empty) : Base64.getEncoder().encode(message);
    byte[] end = ascii("</" + name + ">");
    byte[] element =
        ByteBuffer.allocate(start.length + text.length + end.length)
            .put(start)
            .put(text)
            .put(end)
            .array();
    try {
      if (last) {
        stream.writeLast(element);
      } else {
        stream.write(element);
      }
    } finally {
      for (byte[] secret : new byte[][] {message, text, element}) {
        Arrays.fill(secret, (byte) 0);
      }
    }
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  static boolean isChallenge(XmlElement element) {
    return element.is("challenge", SASL);
  }

  static boolean isSuccess(XmlElement element) {
    return element.is("success", SASL);
  }

  static boolean isFailure(XmlElement element) {
    return element.is("failure", SASL);
  }

  /** What a challenge or a success carries; no text and an equals sign are both empty. */
  static byte[] data(XmlElement element) throws SaslException {
    String text = element.text();
    return text.equals("=") ? new byte[0] : StrictBase64.decode(text, element.name());
  }
}
