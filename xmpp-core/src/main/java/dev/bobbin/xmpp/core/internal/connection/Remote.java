package dev.bobbin.xmpp.core.internal.connection;

import dev.bobbin.xmpp.api.Quoted;
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
    return Quoted.cut(element.name(), NAME_CHARS);
  }

  static String text(String text) {
    return Quoted.cut(text, TEXT_CHARS);
  }

  static String list(List<String> names) {
    return names.stream()
        .limit(LISTED)
        .map(name -> Quoted.cut(name, NAME_CHARS))
        .collect(Collectors.joining(", ", "[", names.size() > LISTED ? ", ...]" : "]"));
  }
}
