package dev.bobbin.xmpp.core.internal.stream;

import dev.bobbin.xmpp.core.internal.stream.StreamViolation.Condition;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The XML declaration in front of a stream header (XML 1.0 section 2.8). */
final class XmlDeclaration {
  private static final String EQUALS = "[ \t\n]*+=[ \t\n]*+";
  private static final Pattern GRAMMAR =
      Pattern.compile(
          ("[ \t\n]++version=(?:'(?<version1>1\\.[0-9]++)'|\"(?<version2>1\\.[0-9]++)\")"
                  + "(?:[ \t\n]++encoding=(?:'(?<encoding1>E)'|\"(?<encoding2>E)\"))?+"
                  + "(?:[ \t\n]++standalone=(?:'(?:yes|no)'|\"(?:yes|no)\"))?+[ \t\n]*+")
              .replace("E)", "[A-Za-z][-A-Za-z0-9._]*+)")
              .replace("=(", EQUALS + "("));

  private XmlDeclaration() {}

  /**
   * Checks a declaration.
   *
   * @param text what stands between {@code <?xml} and {@code ?>}
   * @throws StreamViolation when it is none, or not one of XML 1.0 in UTF-8
   */
  static void check(CharSequence text) throws StreamViolation {
    Matcher matcher = GRAMMAR.matcher(text);
    if (!matcher.matches()) {
      throw new StreamViolation(Condition.NOT_WELL_FORMED, "a malformed XML declaration");
    }
    String encoding = either(matcher, "encoding");
    if (!encoding.isEmpty() && !encoding.toUpperCase(Locale.ROOT).equals("UTF-8")) {
      throw new StreamViolation(Condition.UNSUPPORTED_ENCODING, "the encoding is not UTF-8");
    }
    if (!either(matcher, "version").equals("1.0")) {
      // Well-formed, by the fifth edition; but XMPP is XML 1.0 only (RFC 6120 section 11.8).
      throw new StreamViolation(Condition.BAD_FORMAT, "the XML version is not 1.0");
    }
  }

  private static String either(Matcher matcher, String group) {
    String first = matcher.group(group + 1);
    String second = matcher.group(group + 2);
    return first != null ? first : second != null ? second : "";
  }
}
