package dev.bobbin.xmpp.core.internal.stream;

import java.util.List;
import java.util.Random;

/**
 * Makes well-formed stanzas from a seed: prefixes that are bound anew inside, attributes in every
 * spelling, CDATA, references, line ends, and characters of one to four bytes.
 */
final class StanzaGenerator {
  private static final List<String> TEXTS =
      List.of(
          "plain",
          " ",
          "\n",
          "\t",
          "\r",
          "\r\n",
          "\r\r\n",
          "a\r\nb",
          "]",
          "]]",
          "\"",
          "'",
          "/",
          "&amp;",
          "&lt;",
          "&gt;",
          "&apos;",
          "&quot;",
          "&#65;",
          "&#x42;",
          "&#x0000043;",
          "&#9;",
          "&#10;",
          "&#xD;",
          "&#32;",
          "&#x1F600;",
          "&#x10FFFF;",
          "&#xE000;",
          "&#xFFFD;",
          "\u007F",
          "\u0080",
          "\u0085",
          "\u00A0",
          "\u00E9",
          "\u0391",
          "\u07FF",
          "\u0800",
          "\u20AC",
          "\u2028",
          "\uD7FF",
          "\uE000",
          "\uFEFF",
          "\uFFFD",
          "\uD800\uDC00",
          "\uD83D\uDE00",
          "\uDBFF\uDFFF");
  private static final List<String> CDATA =
      List.of("", "x", "<a>&b;", "]", "]]", "\r\n", " \t", "\uD83D\uDE00", "-->", "&amp;", "\"'");
  private static final List<String> URIS =
      List.of("urn:a", "urn:b", "urn:b?c=1&amp;d=2", "jabber:client", "urn:\u00E9", "urn:x");
  private static final List<String> NAMES =
      List.of("a", "b", "body", "n-1", "_", "a.b", "\u00E9t\u00E9", "\u03A9", "x1");
  private static final List<String> SPACES = List.of(" ", "  ", "\n", "\t", "\r\n", " \r");

  private final Random random;

  StanzaGenerator(long seed) {
    random = new Random(seed);
  }

  Random random() {
    return random;
  }

  /** A first-level element; the prefixes x and stream are declared around it. */
  String next() {
    StringBuilder xml = new StringBuilder();
    element(xml, 1, List.of("x", "stream"));
    return xml.toString();
  }

  <T> T one(List<T> of) {
    return of.get(random.nextInt(of.size()));
  }

  private void element(StringBuilder xml, int depth, List<String> around) {
    List<String> prefixes = around;
    StringBuilder declarations = new StringBuilder();
    for (String prefix : List.of("p", "x", "q")) {
      if (random.nextInt(4) == 0) {
        attribute(declarations, "xmlns:" + prefix, one(URIS));
        prefixes = prefixes.contains(prefix) ? prefixes : plus(prefixes, prefix);
      }
    }
    if (random.nextInt(4) == 0) {
      attribute(declarations, "xmlns", random.nextInt(3) == 0 ? "" : one(URIS));
    }
    String name = (random.nextInt(3) == 0 ? one(prefixes) + ":" : "") + one(NAMES);
    xml.append('<').append(name);
    boolean declareFirst = random.nextBoolean();
    if (declareFirst) {
      xml.append(declarations);
    }
    for (int i = random.nextInt(4); i > 0; i--) {
      // The number keeps them apart, whatever their prefixes are bound to.
      String prefix =
          switch (random.nextInt(5)) {
            case 0 -> one(prefixes) + ":";
            case 1 -> "xml:";
            default -> "";
          };
      attribute(xml, prefix + one(NAMES) + i, text());
    }
    if (!declareFirst) {
      xml.append(declarations);
    }
    if (random.nextInt(4) == 0) {
      xml.append(random.nextBoolean() ? one(SPACES) : "").append("/>");
      return;
    }
    xml.append(random.nextInt(4) == 0 ? one(SPACES) : "").append('>');
    for (int i = random.nextInt(depth > 4 ? 2 : 5); i > 0; i--) {
      switch (random.nextInt(5)) {
        case 0 -> xml.append("<![CDATA[").append(one(CDATA)).append("]]>");
        case 1, 2 -> xml.append(text());
        default -> {
          if (depth < 7) {
            element(xml, depth + 1, prefixes);
          }
        }
      }
    }
    xml.append("</").append(name).append(random.nextInt(4) == 0 ? one(SPACES) : "").append('>');
  }

  private static List<String> plus(List<String> prefixes, String one) {
    return java.util.stream.Stream.concat(prefixes.stream(), java.util.stream.Stream.of(one))
        .toList();
  }

  private void attribute(StringBuilder xml, String name, String value) {
    char quote = random.nextBoolean() ? '"' : '\'';
    String equal = random.nextInt(4) == 0 ? one(SPACES) + "=" + one(SPACES) : "=";
    xml.append(one(SPACES)).append(name).append(equal).append(quote);
    xml.append(value.replace(quote == '"' ? "\"" : "'", "")).append(quote);
  }

  private String text() {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(4); i > 0; i--) {
      text.append(one(TEXTS));
    }
    return text.toString();
  }
}
