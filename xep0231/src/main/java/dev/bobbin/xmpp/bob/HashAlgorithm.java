package dev.bobbin.xmpp.bob;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Locale;
import java.util.Optional;

/**
 * The hash functions that a content-id can carry and that every JDK has, under their names in <a
 * href="https://xmpp.org/extensions/xep-0300.html">XEP-0300</a>, but for {@code sha1}, which
 * XEP-0231 section 2.6 spells so. MD2 and MD5 are not among them: <a
 * href="https://xmpp.org/extensions/xep-0414.html">XEP-0414</a> forbids them, and data that is
 * named by them counts as data that cannot be verified.
 */
public enum HashAlgorithm {
  /** SHA-1, which deployed peers expect; fit to find data by, not to protect it. */
  SHA_1("sha1", "SHA-1", 20),
  /** SHA-2 with 224 bits. */
  SHA_224("sha-224", "SHA-224", 28),
  /** SHA-2 with 256 bits. */
  SHA_256("sha-256", "SHA-256", 32),
  /** SHA-2 with 384 bits. */
  SHA_384("sha-384", "SHA-384", 48),
  /** SHA-2 with 512 bits. */
  SHA_512("sha-512", "SHA-512", 64),
  /** SHA-3 with 224 bits. */
  SHA3_224("sha3-224", "SHA3-224", 28),
  /** SHA-3 with 256 bits. */
  SHA3_256("sha3-256", "SHA3-256", 32),
  /** SHA-3 with 384 bits. */
  SHA3_384("sha3-384", "SHA3-384", 48),
  /** SHA-3 with 512 bits. */
  SHA3_512("sha3-512", "SHA3-512", 64);

  private final String text;
  private final String jca;
  private final int bytes;

  HashAlgorithm(String text, String jca, int bytes) {
    this.text = text;
    this.jca = jca;
    this.bytes = bytes;
  }

  /**
   * Finds an algorithm by its name in a content-id.
   *
   * @param name such as {@code sha-256}, in any letter case; {@code sha-1} is taken for {@code
   *     sha1}
   * @return the algorithm; empty when the name is not known
   */
  public static Optional<HashAlgorithm> named(String name) {
    String wanted = name.toLowerCase(Locale.ROOT);
    for (HashAlgorithm algorithm : values()) {
      if (algorithm.text.equals(wanted)) {
        return Optional.of(algorithm);
      }
    }
    return wanted.equals("sha-1") ? Optional.of(SHA_1) : Optional.empty();
  }

  /**
   * The name in a content-id.
   *
   * @return such as {@code sha1}
   */
  public String text() {
    return text;
  }

  /**
   * The length of the hash.
   *
   * @return how many bytes it has
   */
  public int bytes() {
    return bytes;
  }

  /**
   * Hashes data.
   *
   * @param data the bytes
   * @return the hash
   */
  byte[] digest(BobData data) {
    try {
      MessageDigest digest = MessageDigest.getInstance(jca);
      digest.update(data.toByteBuffer());
      return digest.digest();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("This JDK lacks " + jca + ", which each must have", e);
    }
  }
}
