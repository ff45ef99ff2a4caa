package dev.bobbin.xmpp.core.internal.stream;

import dev.bobbin.xmpp.api.xml.XmlElement;
import dev.bobbin.xmpp.core.internal.stream.StreamViolation.Condition;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes elements of tags and text, and events of the elements of the first level, of the stream
 * header and of its end. For use by one thread.
 */
final class ElementAssembler {
  private record Attribute(QualifiedName name, String value) {}

  private final StreamLimits limits;
  private final String contentNamespace;
  private final NamespaceScope namespaces = new NamespaceScope();
  private final List<Attribute> attributes = new ArrayList<>();
  private final Deque<XmlElement.Builder> open = new ArrayDeque<>();
  private boolean opened;

  ElementAssembler(StreamLimits limits, String contentNamespace) {
    this.limits = limits;
    this.contentNamespace = contentNamespace;
  }

  /** An attribute, or a declaration, of the start tag that is read. */
  void attribute(QualifiedName name, String value) {
    attributes.add(new Attribute(name, value));
  }

  /** A start tag, after all its attributes; the stream header is an event. */
  @Nullable StreamEvent startTag(QualifiedName name) throws StreamViolation {
    XmlElement.Builder element = element(name);
    if (opened) {
      open.push(element);
      return null;
    }
    XmlElement header = element.build();
    checkHeader(header);
    opened = true;
    return new StreamEvent.Opened(header);
  }

  /** Text of the element that was opened last. */
  void text(String text) {
    open.element().text(text);
  }

  /** The end of the element that was opened last; an event at the first level and of the stream. */
  @Nullable StreamEvent endTag() {
    if (open.isEmpty()) {
      return new StreamEvent.Closed();
    }
    namespaces.leave();
    XmlElement element = open.pop().build();
    XmlElement.Builder parent = open.peek();
    if (parent == null) {
      return new StreamEvent.Received(element);
    }
    parent.add(element);
    return null;
  }

  private XmlElement.Builder element(QualifiedName name) throws StreamViolation {
    namespaces.enter();
    for (Attribute attribute : attributes) {
      String prefix = attribute.name().prefix();
      String local = attribute.name().local();
      if (prefix.equals("xmlns")) {
        declare(local, attribute.value());
      } else if (prefix.isEmpty() && local.equals("xmlns")) {
        declare("", attribute.value());
      }
    }
    XmlElement.Builder element =
        XmlElement.builder(name.local(), namespaces.resolve(name.prefix()));
    Set<String> seen = new HashSet<>();
    for (Attribute attribute : attributes) {
      String prefix = attribute.name().prefix();
      String local = attribute.name().local();
      if (prefix.equals("xmlns") || prefix.isEmpty() && local.equals("xmlns")) {
        continue;
      }
      // The default namespace is none of attributes.
      String namespace = prefix.isEmpty() ? "" : namespaces.resolve(prefix);
      if (!seen.add(namespace.isEmpty() ? local : namespace + '\0' + local)) {
        throw new StreamViolation(Condition.NOT_WELL_FORMED, "an attribute that is there twice");
      }
      element.attribute(namespace, local, attribute.value());
    }
    attributes.clear();
    return element;
  }

  /** Bounded, since each element and each text form names its namespace again. */
  private void declare(String prefix, String namespace) throws StreamViolation {
    if (namespace.length() > limits.maxNamespaceLength()) {
      throw new StreamViolation(
          Condition.POLICY_VIOLATION,
          "a namespace has more than " + limits.maxNamespaceLength() + " characters");
    }
    namespaces.declare(prefix, namespace);
  }

  private void checkHeader(XmlElement header) throws StreamViolation {
    String content = namespaces.resolve("");
    // RFC 6120 section 4.8: a default namespace may be declared; if so, either that of the content,
    // or, where stanzas declare their own, that of the stream.
    boolean known =
        content.isEmpty()
            || content.equals(contentNamespace)
            || content.equals(StreamReader.STREAMS);
    if (!header.namespace().equals(StreamReader.STREAMS) || !known) {
      throw new StreamViolation(Condition.INVALID_NAMESPACE, "the stream's namespaces are wrong");
    }
    if (!header.name().equals("stream")) {
      throw new StreamViolation(Condition.BAD_FORMAT, "the stream's element is no stream");
    }
  }
}
