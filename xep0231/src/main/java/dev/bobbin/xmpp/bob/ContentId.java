package dev.bobbin.xmpp.bob;

import dev.bobbin.xmpp.api.Quoted;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The name of a bit of binary, the value of {@code cid} (<a
 * href="https://xmpp.org/extensions/xep-0231.html#cid">XEP-0231 section 2.6</a>): ours is {@code
 * algo+hash@bob.xmpp.org}, a peer's may be any text.
 *
 * <p>From 1 to {@value #MAX_BYTES} bytes of UTF-8 without control characters; compared as it is,
 * letter case included. Immutable. Hostile all the same: a content-id may look like a path.
 */
public final class ContentId implements Comparable<ContentId> {
  /** The greatest length, in bytes of UTF-8. */
  public static final int MAX_BYTES = 1023;

  private static final String HASH_DOMAIN = "@bob.xmpp.org";

  private final String value;

  private ContentId(String value) {
    this.value = value;
  }

  /**
   * Takes a content-id as a peer wrote it.
   *
   * @param value the text, without a leading {@code cid:}
   * @return the content-id
   * @throws IllegalArgumentException when it is empty, too long, or holds a control character or
   *     half a surrogate pair
   */
  public static ContentId of(String value) {
    Objects.requireNonNull(value, "value");
    if (value.isEmpty()) {
      throw malformed(value, "it is empty");
    }
    if (value.length() > MAX_BYTES || value.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
      throw malformed(value, "it is longer than " + MAX_BYTES + " bytes");
    }
    boolean printable =
        value
            .codePoints()
            .noneMatch(
                c ->
                    Character.isISOControl(c)
                        || Character.getType(c) == Character.SURROGATE
                        || (c & 0xFFFE) == 0xFFFE);
    if (!printable) {
      throw malformed(value, "it holds a character that it may not");
    }
    return new ContentId(value);
  }

  /**
   * The content-id of some bytes.
   *
   * @param algorithm which hash to take
   * @param data the bytes
   * @return {@code algo+hash@bob.xmpp.org}, in lower case
   */
  public static ContentId of(HashAlgorithm algorithm, BobData data) {
    String hash = HexFormat.of().formatHex(algorithm.digest(data));
    return new ContentId(algorithm.text() + '+' + hash + HASH_DOMAIN);
  }

  /**
   * Reads a reference out of markup, such as the {@code src} of an image.
   *
   * @param uri such as {@code cid:sha1+8f35fef110ffc5df08d579a50083ff9308fb6242@bob.xmpp.org}
   * @return the content-id
   * @throws IllegalArgumentException when it is no such URI, or refers to what is no content-id
   */
  public static ContentId ofUri(String uri) {
    return of(CidUri.decode(Objects.requireNonNull(uri, "uri")));
  }

  /**
   * The reference to it for markup (<a href="https://www.rfc-editor.org/rfc/rfc2392#section-2">RFC
   * 2392 section 2</a>).
   *
   * @return {@code cid:} and the text, in which what a URI cannot hold is percent-encoded UTF-8
   */
  public URI uri() {
    return URI.create(CidUri.encode(value));
  }

  /**
   * The text itself.
   *
   * @return the value of {@code cid}
   */
  public String value() {
    return value;
  }

  /**
   * Whether it carries a hash that we can check.
   *
   * @return true for {@code algo+hash@bob.xmpp.org} with an algorithm that we know and as many
   *     hexadecimal digits as that has
   */
  public boolean isVerifiable() {
    return algorithm().isPresent();
  }

  /**
   * The algorithm of the hash that it carries.
   *
   * @return the algorithm; empty unless {@link #isVerifiable()}
   */
  public Optional<HashAlgorithm> algorithm() {
    int plus = value.indexOf('+');
    if (plus < 0 || !value.endsWith(HASH_DOMAIN)) {
      return Optional.empty();
    }
    String hash =
        value.substring(plus + 1, Math.max(plus + 1, value.length() - HASH_DOMAIN.length()));
    return HashAlgorithm.named(value.substring(0, plus))
        .filter(a -> hash.length() == a.bytes() * 2)
        .filter(a -> hash.chars().allMatch(HexFormat::isHexDigit));
  }

  /**
   * Whether it is the name of these bytes, as far as its hash can tell.
   *
   * @param data the bytes
   * @return true when the hash is theirs; false when it is not, or when there is none that we can
   *     check (see {@link #isVerifiable()})
   */
  public boolean matches(BobData data) {
    return algorithm()
        .filter(
            a ->
                value
                    .toLowerCase(Locale.ROOT)
                    .contains('+' + HexFormat.of().formatHex(a.digest(data)) + '@'))
        .isPresent();
  }

  @Override
  public int compareTo(ContentId other) {
    return value.compareTo(other.value);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ContentId that && value.equals(that.value);
  }

  @Override
  public int hashCode() {
    return value.hashCode();
  }

  /**
   * The text itself.
   *
   * @return the value of {@code cid}
   */
  @Override
  public String toString() {
    return value;
  }

  private static IllegalArgumentException malformed(String value, String reason) {
    return new IllegalArgumentException(
        "'"
            + Quoted.of(value)
            + "' is no content-id: "
            + reason
            + " (docs/errors.md#malformed-content-id)");
  }
}
