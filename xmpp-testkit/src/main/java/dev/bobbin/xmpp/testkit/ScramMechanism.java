package dev.bobbin.xmpp.testkit;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/** A member of the SCRAM family (RFC 5802, RFC 7677) with its three functions. */
enum ScramMechanism {
  SCRAM_SHA_256("SCRAM-SHA-256", "SHA-256", "SHA256", 32),
  SCRAM_SHA_1("SCRAM-SHA-1", "SHA-1", "SHA1", 20);

  static final int ITERATIONS = 4096;

  private final String saslName;
  private final String digest;
  private final String suffix;
  private final int bytes;

  ScramMechanism(String saslName, String digest, String suffix, int bytes) {
    this.saslName = saslName;
    this.digest = digest;
    this.suffix = suffix;
    this.bytes = bytes;
  }

  static Optional<ScramMechanism> named(String saslName) {
    return Arrays.stream(values()).filter(m -> m.saslName.equals(saslName)).findFirst();
  }

  String saslName() {
    return saslName;
  }

  byte[] hash(byte[] text) {
    try {
      return MessageDigest.getInstance(digest).digest(text);
    } catch (GeneralSecurityException e) {
      throw missing(e);
    }
  }

  byte[] hmac(byte[] key, byte[] text) {
    try {
      Mac mac = Mac.getInstance("Hmac" + suffix);
      mac.init(new SecretKeySpec(key, mac.getAlgorithm()));
      return mac.doFinal(text);
    } catch (GeneralSecurityException e) {
      throw missing(e);
    }
  }

  byte[] saltedPassword(String password, byte[] salt) {
    try {
      PBEKeySpec spec = new PBEKeySpec(password.toCharArray(), salt, ITERATIONS, bytes * 8);
      return SecretKeyFactory.getInstance("PBKDF2WithHmac" + suffix)
          .generateSecret(spec)
          .getEncoded();
    } catch (GeneralSecurityException e) {
      throw missing(e);
    }
  }

  private IllegalStateException missing(GeneralSecurityException cause) {
    return new IllegalStateException("This Java runtime cannot do " + saslName, cause);
  }
}
