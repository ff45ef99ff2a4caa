package dev.bobbin.xmpp.core.internal.connection;

import dev.bobbin.xmpp.api.xml.XmlElement;
import java.util.List;
import java.util.stream.Collectors;

/** What a server said, cut and on one line, so that it can stand in a message of ours. */
final class Remote {
  private static final int NAME_CHARS = 40;
  private static final int TEXT_CHARS = 200;
  private static final int LISTED = 20;

  private Remote() {}

  static String name(XmlElement element) {
    return cut(element.name(), NAME_CHARS);
  }

  static String text(String text) {
    return cut(text, TEXT_CHARS);
  }

  static String list(List<String> names) {
    return names.stream()
        .limit(LISTED)
        .map(name -> cut(name, NAME_CHARS))
        .collect(Collectors.joining(", ", "[", names.size() > LISTED ? ", ...]" : "]"));
  }

  private static String cut(String text, int most) {
    StringBuilder shown = new StringBuilder();
    text.codePoints()
        .limit(most)
        .forEach(c -> shown.appendCodePoint(Character.isISOControl(c) ? '\uFFFD' : c));
    return text.codePointCount(0, text.length()) > most ? shown + "..." : shown.toString();
  }
}
