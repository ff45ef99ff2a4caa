package dev.bobbin.xmpp.caps;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * The texts that a verification string is made of: how they stand in it, and their order, which is
 * that of {@code i;octet} (<a href="https://www.rfc-editor.org/rfc/rfc4790#section-9.3">RFC 4790
 * section 9.3</a>) over UTF-8. The order of Java's strings is another: it puts U+10000 before
 * U+FFFD.
 */
final class Factors {
  static final Comparator<String> ORDER =
      (one, other) -> Arrays.compareUnsigned(octets(one), octets(other));

  /** For lists of one length: that of their first difference. */
  static final Comparator<List<String>> ORDER_OF_LISTS =
      (one, other) -> {
        for (int i = 0; i < one.size(); i++) {
          int order = ORDER.compare(one.get(i), other.get(i));
          if (order != 0) {
            return order;
          }
        }
        return 0;
      };

  /** A text may hold this itself, since {@code &} stays as it is: the string cannot tell which. */
  static final String ESCAPED = "&lt;";

  private Factors() {}

  /** As it stands in the string, where a {@code <} of its own would end it. */
  static String escaped(String text) {
    return text.replace("<", ESCAPED);
  }

  private static byte[] octets(String text) {
    return escaped(text).getBytes(StandardCharsets.UTF_8);
  }
}
