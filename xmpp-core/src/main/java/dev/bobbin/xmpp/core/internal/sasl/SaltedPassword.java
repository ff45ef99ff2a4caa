package dev.bobbin.xmpp.core.internal.sasl;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.SecretKey;

/**
 * {@code SaltedPassword}, the key of which all others in SCRAM are made (<a
 * href="https://www.rfc-editor.org/rfc/rfc5802#section-2.2">RFC 5802 section 2.2</a>): one block of
 * PBKDF2.
 *
 * <p>Made by the JDK's HMAC alone, so that nothing readable of the password stays behind: the SCRAM
 * library prepares the password once more, in strings, and the JDK's PBKDF2 key keeps an array of
 * it until it is collected. The bytes of the key here are wiped, by the JDK those that it was
 * given, and what HMAC made of them goes with the next key.
 */
final class SaltedPassword {
  private static final byte[] FIRST_BLOCK = {0, 0, 0, 1};

  private SaltedPassword() {}

  /** Derives the key by the hash of a SCRAM mechanism, from a password that is prepared. */
  static byte[] of(Mechanism mechanism, char[] password, byte[] salt, int iterations)
      throws SaslException {
    byte[] secret = PasswordBytes.of(password);
    try {
      Mac mac = Mac.getInstance(mechanism.hmac());
      mac.init(new HmacKey(secret));
      try {
        return derive(mac, salt, iterations);
      } finally {
        mac.init(new HmacKey(new byte[1]));
      }
    } catch (GeneralSecurityException e) {
      throw new SaslException("this Java cannot compute " + mechanism.hmac());
    } finally {
      Arrays.fill(secret, (byte) 0);
    }
  }

  /** The function Hi of the RFC. */
  private static byte[] derive(Mac mac, byte[] salt, int iterations)
      throws GeneralSecurityException {
    mac.update(salt);
    byte[] last = mac.doFinal(FIRST_BLOCK);
    byte[] sum = last.clone();
    for (int i = 1; i < iterations; i++) {
      mac.update(last);
      mac.doFinal(last, 0);
      for (int b = 0; b < sum.length; b++) {
        sum[b] ^= last[b];
      }
    }
    Arrays.fill(last, (byte) 0);
    return sum;
  }

  /** Unlike the JDK's own, it keeps no copy that cannot be wiped. */
  private static final class HmacKey implements SecretKey {
    private static final long serialVersionUID = 1L;

    private final byte[] bytes;

    HmacKey(byte[] bytes) {
      this.bytes = bytes;
    }

    @Override
    public String getAlgorithm() {
      return "HMAC";
    }

    @Override
    public String getFormat() {
      return "RAW";
    }

    @Override
    public byte[] getEncoded() {
      return bytes.clone();
    }
  }
}
