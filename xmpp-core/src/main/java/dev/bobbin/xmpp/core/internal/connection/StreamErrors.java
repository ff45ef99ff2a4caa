package dev.bobbin.xmpp.core.internal.connection;

import dev.bobbin.xmpp.api.ConnectionException;
import dev.bobbin.xmpp.api.ConnectionException.Reason;
import dev.bobbin.xmpp.api.StreamError;
import dev.bobbin.xmpp.api.StreamError.Condition;
import dev.bobbin.xmpp.api.xml.XmlElement;
import dev.bobbin.xmpp.core.internal.stream.StreamReader;
import dev.bobbin.xmpp.core.internal.stream.StreamViolation;
import java.util.Optional;

/** Stream errors (RFC 6120 section 4.9), received and sent. */
final class StreamErrors {
  private static final int NAME_CHARS = 100;
  private static final int TEXT_CHARS = 1000;
  private static final int HOST_CHARS = 1100;

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
    throw ConnectionException.of(in(element));
  }

  /** Reads a stream error, forgiving what others leave out. Of two conditions the first counts. */
  static StreamError in(XmlElement error) {
    Optional<XmlElement> said =
        error.children().stream()
            .filter(child -> child.namespace().equals(StreamError.NAMESPACE))
            .filter(child -> !child.name().equals("text"))
            .findFirst();
    String name = said.map(XmlElement::name).orElse(Condition.UNDEFINED_CONDITION.elementName());
    Condition condition = Condition.UNDEFINED_CONDITION;
    for (Condition candidate : Condition.values()) {
      if (candidate.elementName().equals(name)) {
        condition = candidate;
      }
    }
    return new StreamError(
        condition,
        cut(name, NAME_CHARS),
        error.child("text", StreamError.NAMESPACE).map(text -> cut(text.text(), TEXT_CHARS)),
        condition == Condition.SEE_OTHER_HOST
            ? said.map(host -> cut(host.text().strip(), HOST_CHARS)).filter(h -> !h.isEmpty())
            : Optional.empty());
  }

  private static String cut(String text, int most) {
    return text.length() <= most ? text : text.substring(0, most);
  }

  /** The server did something that the protocol has no place for. */
  static ConnectionException protocol(String message) {
    return new ConnectionException(Reason.PROTOCOL, message, null);
  }
}
