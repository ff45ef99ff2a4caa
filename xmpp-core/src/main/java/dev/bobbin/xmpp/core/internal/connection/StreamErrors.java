package dev.bobbin.xmpp.core.internal.connection;

import dev.bobbin.xmpp.api.ConnectionException;
import dev.bobbin.xmpp.api.ConnectionException.Reason;
import dev.bobbin.xmpp.api.StreamError;
import dev.bobbin.xmpp.api.xml.XmlElement;
import dev.bobbin.xmpp.core.internal.stream.StreamReader;
import dev.bobbin.xmpp.core.internal.stream.StreamViolation;

/** Stream errors (RFC 6120 section 4.9), received and sent. */
final class StreamErrors {
  private StreamErrors() {}

  static String xml(StreamViolation violation) {
    return "<stream:error>"
        + XmlElement.of(violation.conditionName(), StreamError.NAMESPACE).toXml()
        + "</stream:error>";
  }

  /** Throws when the element is the server's stream error. */
  static void throwIfError(XmlElement element) throws ConnectionException {
    if (!element.is("error", StreamReader.STREAMS)) {
      return;
    }
    throw ConnectionException.of(StreamError.in(element));
  }

  /** The server did something that the protocol has no place for. */
  static ConnectionException protocol(String message) {
    return new ConnectionException(Reason.PROTOCOL, message, null);
  }
}
