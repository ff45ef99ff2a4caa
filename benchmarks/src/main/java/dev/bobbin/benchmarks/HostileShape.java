package dev.bobbin.benchmarks;

import dev.bobbin.xmpp.core.internal.stream.StreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.IntFunction;

/** Content of a stanza, of any size, that costs a careless reader more than its size. */
enum HostileShape {
  TEXT("", i -> "x", ""),
  TEXT_IN_FOUR_BYTES("", i -> "\uD83D\uDE00", ""),
  TEXT_THAT_WIDENS_LATE("", i -> "x", "\u20AC"),
  REFERENCES("", i -> "&amp;", ""),
  CHARACTER_REFERENCES("", i -> "&#x1F600;", ""),
  LONG_REFERENCE("&#", i -> "0", "65;"),
  UNFINISHED_ENTITY("&", i -> "e", ""),
  BRACKETS("", i -> "]", ""),
  CDATA_BRACKETS("<![CDATA[", i -> "]", "]]>"),
  CDATA_SECTIONS("", i -> "<![CDATA[]]>", ""),
  TINY_ELEMENTS("", i -> "<b/>", ""),
  TINY_ELEMENTS_AND_TEXT("", i -> "<b/>x", ""),
  DISTINCT_NAMES("", i -> "<" + letters(i) + "/>", ""),
  LONG_NAMES("", i -> "<" + "n".repeat(5000) + letters(i) + "/>", ""),
  LONG_NAME("<", i -> "n", "/>"),
  DEEP("", i -> "<a>".repeat(60) + "</a>".repeat(60), ""),
  WHITE_SPACE("", i -> " \r\n\t", ""),
  WHITE_SPACE_IN_A_TAG("<b", i -> " \r\n\t", "/>"),
  ATTRIBUTE_VALUE("<b a='", i -> "x", "'/>"),
  REFERENCES_IN_A_VALUE("<b a='", i -> "&lt;", "'/>"),
  ATTRIBUTES("<b", i -> " " + letters(i) + "=''", "/>"),
  UNFINISHED_ATTRIBUTES("<b", i -> " " + letters(i) + "=''", ""),
  ATTRIBUTES_OF_MANY("", i -> "<b" + " a='' b='' c='' d='' e='' f='' g='' h=''" + "/>", ""),
  PREFIXES("", i -> "<b xmlns:" + letters(i) + "='u'/>", ""),
  PREFIXES_IN_SCOPE("<b", i -> " xmlns:" + letters(i) + "='u'", "><c/></b>"),
  NAMESPACES("", i -> "<b xmlns='urn:" + letters(i) + "'/>", ""),
  LONG_NAMESPACE("<b xmlns='" + "u".repeat(500) + "'>", i -> "<c/>", "</b>"),
  PREFIX_BOUND_ANEW("<p:b xmlns:p='u'>", i -> "<p:b xmlns:p='v'/>", "</p:b>");

  private static final String HEADER =
      "<stream:stream xmlns='jabber:client' xmlns:stream='" + StreamReader.STREAMS + "'>";

  private final String before;

  @SuppressWarnings("ImmutableEnumChecker") // They are lambdas that capture nothing.
  private final IntFunction<String> repeated;

  private final String after;

  HostileShape(String before, IntFunction<String> repeated, String after) {
    this.before = before;
    this.repeated = repeated;
    this.after = after;
  }

  /** A stream with one stanza of this shape, whose size is nearly that many bytes. */
  byte[] stream(int bytes) {
    byte[] header = header();
    byte[] stanza = stanza(bytes);
    byte[] stream = Arrays.copyOf(header, header.length + stanza.length);
    System.arraycopy(stanza, 0, stream, header.length, stanza.length);
    return stream;
  }

  byte[] header() {
    return utf8(HEADER);
  }

  /** One stanza of this shape, of at most that many bytes and nearly so many. */
  byte[] stanza(int bytes) {
    byte[] stanza = new byte[bytes];
    byte[] end = utf8(after + "</message>");
    byte[] part = utf8("<message>" + before);
    int size = 0;
    for (int i = 0; size + part.length <= bytes - end.length; i++) {
      System.arraycopy(part, 0, stanza, size, part.length);
      size += part.length;
      part = utf8(repeated.apply(i));
    }
    System.arraycopy(end, 0, stanza, size, end.length);
    return Arrays.copyOf(stanza, size + end.length);
  }

  String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  /** Another name for each number, as short as can be. */
  private static String letters(int number) {
    StringBuilder letters = new StringBuilder("n");
    for (int left = number; left > 0; left /= 26) {
      letters.append((char) ('a' + left % 26));
    }
    return letters.toString();
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
