package dev.bobbin.xmpp.bob;

import dev.bobbin.xmpp.api.xml.XmlElement;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A bit of binary: some bytes, what they are, and the name that stanzas refer to them by.
 *
 * @param cid its content-id
 * @param type its media type with optional parameters (<a
 *     href="https://www.rfc-editor.org/rfc/rfc2045#section-5.1">RFC 2045 section 5.1</a>)
 * @param data its bytes
 * @param maxAge for how long the sender suggests to keep it, in whole seconds; zero means not at
 *     all, null means that nothing was suggested
 */
public record Bob(ContentId cid, String type, BobData data, @Nullable Duration maxAge) {
  /** The namespace of the element, and the feature that says that an entity knows it. */
  public static final String NAMESPACE = "urn:xmpp:bob";

  /**
   * Checks the parts; whether the hash in {@code cid} is that of the data is not checked here.
   *
   * @param cid its content-id
   * @param type its media type with optional parameters (<a
   *     href="https://www.rfc-editor.org/rfc/rfc2045#section-5.1">RFC 2045 section 5.1</a>)
   * @param data its bytes
   * @param maxAge for how long the sender suggests to keep it, in whole seconds; zero means not at
   *     all, null means that nothing was suggested
   * @throws IllegalArgumentException when {@code type} is no media type, or {@code maxAge} is
   *     negative
   */
  public Bob {
    Objects.requireNonNull(cid, "cid");
    Objects.requireNonNull(data, "data");
    MediaTypes.require(type);
    if (maxAge != null) {
      if (maxAge.isNegative()) {
        throw new IllegalArgumentException("max-age is " + maxAge + "; it cannot be negative");
      }
      maxAge = Duration.ofSeconds(maxAge.toSeconds());
    }
  }

  /**
   * Names bytes by their SHA-1, which is what deployed peers expect.
   *
   * @param data the bytes
   * @param type their media type
   * @return the bit of binary, without {@code max-age}
   * @throws IllegalArgumentException when {@code type} is no media type
   */
  public static Bob of(byte[] data, String type) {
    return of(HashAlgorithm.SHA_1, BobData.of(data), type);
  }

  /**
   * Names bytes by a hash.
   *
   * @param algorithm which hash
   * @param data the bytes
   * @param type their media type
   * @return the bit of binary, without {@code max-age}
   * @throws IllegalArgumentException when {@code type} is no media type
   */
  public static Bob of(HashAlgorithm algorithm, BobData data, String type) {
    return new Bob(ContentId.of(algorithm, data), type, data, null);
  }

  /**
   * The same bytes with a suggestion of how long to keep them.
   *
   * @param suggested whole seconds, zero for not at all; null for no suggestion
   * @return a copy
   */
  public Bob withMaxAge(@Nullable Duration suggested) {
    return new Bob(cid, type, data, suggested);
  }

  /**
   * The element {@code data} (<a href="https://xmpp.org/extensions/xep-0231.html#data">XEP-0231
   * section 2.5</a>), for a payload of the application's own, such as a form. What is pushed in
   * messages and presence is better left to {@code BobPlugin.attach}, and answers to its rules.
   *
   * @return the element, its Base64 in one line
   */
  public XmlElement toElement() {
    return XmlElement.builder("data", NAMESPACE)
        .attribute("cid", cid.value())
        .attribute("max-age", maxAge == null ? null : Long.toString(maxAge.toSeconds()))
        .attribute("type", type)
        .text(data.toBase64())
        .build();
  }
}
