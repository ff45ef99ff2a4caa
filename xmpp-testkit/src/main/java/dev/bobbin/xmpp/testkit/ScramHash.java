package dev.bobbin.xmpp.testkit;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/** The hash of a member of the SCRAM family (RFC 5802, RFC 7677) with its three functions. */
enum ScramHash {
  SHA_512("SHA-512", "SHA512", 64),
  SHA_256("SHA-256", "SHA256", 32),
  SHA_1("SHA-1", "SHA1", 20);

  static final int ITERATIONS = 4096;

  private final String digest;
  private final String suffix;
  private final int bytes;

  ScramHash(String digest, String suffix, int bytes) {
    this.digest = digest;
    this.suffix = suffix;
    this.bytes = bytes;
  }

  byte[] digest(byte[] text) {
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
    return new IllegalStateException("This Java runtime cannot do SCRAM with " + digest, cause);
  }
}
