package dev.bobbin.xmpp.testkit;

import java.io.IOException;

/** What ends a stream with a stream error (RFC 6120 section 4.9). */
final class StreamFault extends IOException {
  private static final long serialVersionUID = 1L;

  private final String condition;

  StreamFault(String condition, String text) {
    super(text);
    this.condition = condition;
  }

  /** The error element; the texts are this package's own and need no escapes. */
  String toXml() {
    return "<stream:error><"
        + condition
        + " xmlns='urn:ietf:params:xml:ns:xmpp-streams'/>"
        + "<text xmlns='urn:ietf:params:xml:ns:xmpp-streams' xml:lang='en'>"
        + getMessage()
        + "</text></stream:error>";
  }
}
