package dev.bobbin.xmpp.bob.plugin;

import dev.bobbin.fuzz.Claim;
import dev.bobbin.fuzz.Input;
import dev.bobbin.xmpp.api.xml.XmlElement;
import dev.bobbin.xmpp.bob.Bob;
import dev.bobbin.xmpp.bob.BobException;
import dev.bobbin.xmpp.bob.BobException.Reason;
import java.math.BigInteger;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The element {@code data}. The input is three lines, content-id, media type and max-age, and the
 * text between the tags.
 *
 * <p>Claimed: it is a bit of binary or a {@link BobException}; white space apart, its text is
 * Base64 exactly where RFC 4648 section 4 says so, and then stands for the bytes that the JDK's
 * MIME decoder finds; no bound is passed; max-age is a whole number or absent; and it is the same
 * when it is written and read again.
 */
public final class DataElementTarget {
  private static final int MAX_BYTES = 50;
  private static final BigInteger MOST_SECONDS = BigInteger.valueOf(Integer.MAX_VALUE);
  private static final Pattern WHITE_SPACE = Pattern.compile("[ \\t\\r\\n]");

  /** Groups of four; in the last one, the bits that stand for no byte are zero. */
  private static final Pattern BASE64 =
      Pattern.compile(
          "(?:[A-Za-z0-9+/]{4})*+(?:[A-Za-z0-9+/][AQgw]==|[A-Za-z0-9+/]{2}[AEIMQUYcgkosw048]=)?+");

  private DataElementTarget() {}

  /**
   * Tries one input.
   *
   * @param input three lines and a text
   */
  public static void fuzzerTestOneInput(byte[] input) {
    List<String> parts = Input.lines(input, 4);
    XmlElement element;
    try {
      element =
          XmlElement.builder(DataElement.NAME, Bob.NAMESPACE)
              .attribute("cid", parts.get(0))
              .attribute("type", parts.get(1))
              .attribute("max-age", parts.get(2))
              .text(parts.get(3))
              .build();
    } catch (IllegalArgumentException e) {
      return; // No parser gives such a text.
    }
    try {
      Bob bob = parse(element);
      checkTaken(bob, element, parts.get(2));
    } catch (BobException e) {
      checkRefused(e, element.text());
    }
  }

  private static Bob parse(XmlElement element) {
    return DataElement.decode(DataElement.offered(element, MAX_BYTES, false));
  }

  private static void checkTaken(Bob bob, XmlElement element, String maxAge) {
    String text = element.text();
    byte[] bytes = bob.data().toByteArray();
    Claim.that(isBase64(text), "what is no Base64 was taken");
    Claim.that(Arrays.equals(bytes, decoded(text)), "it stands for other bytes");
    Claim.that(bytes.length > 0 && bytes.length <= MAX_BYTES, "it has " + bytes.length + " bytes");
    for (XmlElement data : List.of(element, bob.toElement())) {
      Claim.that(
          DataElement.offered(data, MAX_BYTES, false).offer().size() == bytes.length,
          "another size was announced");
    }
    Claim.that(!bob.cid().isVerifiable() || bob.cid().matches(bob.data()), "it has another hash");
    Claim.that(Optional.ofNullable(bob.maxAge()).equals(maxAge(maxAge)), "max-age " + bob.maxAge());
    Claim.that(parse(bob.toElement()).equals(bob), "it changes");
  }

  private static void checkRefused(BobException e, String text) {
    String message = String.valueOf(e.getMessage());
    Claim.printable(message);
    if (e.reason() == Reason.NOT_BASE64) {
      Claim.that(!isBase64(text), "Base64 was refused as none");
    } else if (e.reason() == Reason.TOO_LARGE && isBase64(text)) {
      int size = decoded(text).length;
      Claim.that(size > MAX_BYTES, size + " bytes were refused as too many");
    } else if (e.reason() == Reason.HASH_MISMATCH) {
      Claim.that(isBase64(text), "what is no Base64 was hashed");
    } else if (e.reason() == Reason.NO_DATA) {
      Claim.that(withoutSpace(text).isEmpty(), "bytes were refused as none");
    }
  }

  private static boolean isBase64(String text) {
    return BASE64.matcher(withoutSpace(text)).matches();
  }

  private static byte[] decoded(String text) {
    return Base64.getDecoder().decode(withoutSpace(text));
  }

  private static String withoutSpace(String text) {
    return WHITE_SPACE.matcher(text).replaceAll("");
  }

  private static Optional<@Nullable Duration> maxAge(String text) {
    if (text.isEmpty() || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return Optional.empty();
    }
    return Optional.of(Duration.ofSeconds(new BigInteger(text).min(MOST_SECONDS).longValueExact()));
  }
}
