package dev.bobbin.xmpp.core.internal.stream;

import dev.bobbin.xmpp.api.xml.XmlAttribute;
import dev.bobbin.xmpp.core.internal.stream.StreamViolation.Condition;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which prefix is bound to which namespace, at the place that is read (Namespaces in XML 1.0). It
 * knows what is in scope and forgets the rest, so that it is bounded by depth and attributes. For
 * use by one thread.
 */
final class NamespaceScope {
  private static final String XMLNS = "http://www.w3.org/2000/xmlns/";

  /** What a prefix was bound to outside; null for nothing. */
  private record Covered(String prefix, @Nullable String namespace) {}

  private final Map<String, String> bound = new HashMap<>();
  private final Deque<Map<String, Covered>> elements = new ArrayDeque<>();

  NamespaceScope() {
    bound.put("", "");
    bound.put("xml", XmlAttribute.XML_NAMESPACE);
  }

  /** Enters an element, whose declarations follow. */
  void enter() {
    elements.push(Map.of());
  }

  /** Leaves the element that was entered last. */
  void leave() {
    for (Covered covered : elements.pop().values()) {
      if (covered.namespace() == null) {
        bound.remove(covered.prefix());
      } else {
        bound.put(covered.prefix(), covered.namespace());
      }
    }
  }

  /** Takes a declaration of the element that was entered last; the empty prefix is the default. */
  void declare(String prefix, String namespace) throws StreamViolation {
    if (prefix.equals("xmlns") || namespace.equals(XMLNS)) {
      throw malformed("a declaration about the prefix xmlns");
    }
    if (prefix.equals("xml") != namespace.equals(XmlAttribute.XML_NAMESPACE)) {
      throw malformed("a declaration that parts the prefix xml from its namespace");
    }
    if (namespace.isEmpty() && !prefix.isEmpty()) {
      throw malformed("a prefix that is bound to no namespace");
    }
    Map<String, Covered> declared = elements.element();
    if (declared.isEmpty()) {
      declared = new HashMap<>();
      elements.pop();
      elements.push(declared);
    }
    Covered covered = new Covered(prefix, bound.put(prefix, namespace));
    if (declared.put(prefix, covered) != null) {
      throw malformed("a prefix that is declared twice");
    }
  }

  /** The namespace of a prefix; of none, the default namespace, empty for none. */
  String resolve(String prefix) throws StreamViolation {
    String namespace = bound.get(prefix);
    if (namespace == null) {
      throw malformed("a prefix that is not declared");
    }
    return namespace;
  }

  private static StreamViolation malformed(String what) {
    // RFC 6120 section 11.3 counts namespaces as well-formedness.
    return new StreamViolation(Condition.NOT_WELL_FORMED, what);
  }
}
