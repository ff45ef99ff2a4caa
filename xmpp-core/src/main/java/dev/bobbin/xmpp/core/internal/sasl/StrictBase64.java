package dev.bobbin.xmpp.core.internal.sasl;

import java.util.Base64;

/**
 * Base64 as <a href="https://www.rfc-editor.org/rfc/rfc6120#section-13.9.1">RFC 6120 section
 * 13.9.1</a> wants it read: nothing outside the alphabet, no white space, padded, no stray bits.
 */
public final class StrictBase64 {
  private StrictBase64() {}

  /**
   * Decodes.
   *
   * @param text what somebody sent
   * @param what it is, for the message
   * @return the bytes
   * @throws SaslException when it is not the Base64 of any bytes
   */
  public static byte[] decode(String text, String what) throws SaslException {
    try {
      byte[] bytes = Base64.getDecoder().decode(text);
      if (Base64.getEncoder().encodeToString(bytes).equals(text)) {
        return bytes;
      }
    } catch (IllegalArgumentException e) {
      // As below.
    }
    throw new SaslException("the server's " + what + " is not Base64");
  }
}
