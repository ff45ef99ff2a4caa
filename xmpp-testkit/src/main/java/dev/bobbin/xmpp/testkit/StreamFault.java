package dev.bobbin.xmpp.testkit;

import java.io.IOException;

/** What ends a stream with a stream error (RFC 6120 section 4.9). */
final class StreamFault extends IOException {
  private static final String NAMESPACE = "urn:ietf:params:xml:ns:xmpp-streams";
  private static final long serialVersionUID = 1L;

  private final String condition;
  private final String content;
  private final String text;

  StreamFault(String condition, String text) {
    this(condition, "", text);
  }

  /**
   * Ends a stream.
   *
   * @param content what stands in the condition's element, empty for nothing; needs no escapes
   */
  StreamFault(String condition, String content, String text) {
    super(text);
    this.condition = condition;
    this.content = content;
    this.text = text;
  }

  String toXml() {
    String escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    return "<stream:error><"
        + condition
        + " xmlns='"
        + NAMESPACE
        + (content.isEmpty() ? "'/>" : "'>" + content + "</" + condition + ">")
        + "<text xmlns='"
        + NAMESPACE
        + "' xml:lang='en'>"
        + escaped
        + "</text></stream:error>";
  }
}
