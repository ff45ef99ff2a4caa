package dev.bobbin.xmpp.caps;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Optional;

/**
 * The hash functions that every JDK has and <a
 * href="https://xmpp.org/extensions/xep-0300.html">XEP-0300</a> does not forbid, under the names
 * that the attribute {@code hash} gives them.
 */
enum CapsHash {
  /** What deployed peers know. */
  SHA_1("sha-1", "SHA-1"),
  SHA_224("sha-224", "SHA-224"),
  SHA_256("sha-256", "SHA-256"),
  SHA_384("sha-384", "SHA-384"),
  SHA_512("sha-512", "SHA-512"),
  SHA3_224("sha3-224", "SHA3-224"),
  SHA3_256("sha3-256", "SHA3-256"),
  SHA3_384("sha3-384", "SHA3-384"),
  SHA3_512("sha3-512", "SHA3-512");

  private final String text;
  private final String jca;

  CapsHash(String text, String jca) {
    this.text = text;
    this.jca = jca;
  }

  static Optional<CapsHash> named(String name) {
    for (CapsHash hash : values()) {
      if (hash.text.equals(name)) {
        return Optional.of(hash);
      }
    }
    return Optional.empty();
  }

  String text() {
    return text;
  }

  /** The hash of a text in UTF-8, in Base64. */
  String of(String hashed) {
    try {
      byte[] hash = MessageDigest.getInstance(jca).digest(hashed.getBytes(StandardCharsets.UTF_8));
      return Base64.getEncoder().encodeToString(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("This JDK lacks " + jca + ", which each must have", e);
    }
  }
}
