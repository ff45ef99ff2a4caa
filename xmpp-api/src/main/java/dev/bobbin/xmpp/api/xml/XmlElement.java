package dev.bobbin.xmpp.api.xml;

import dev.bobbin.xmpp.api.Quoted;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An XML element: a name in a namespace, attributes, and child elements and text in order.
 *
 * <p>Immutable and safe for use by several threads. Elements are equal when name, namespace,
 * attributes (in order) and nodes are. Prefixes are not kept: they are a matter of the text form,
 * which {@link #toXml()} chooses.
 *
 * <p>What this does not do: comments, processing instructions, DTDs and entities, none of which may
 * stand in an XMPP stream (<a href="https://www.rfc-editor.org/rfc/rfc6120#section-11.1">RFC 6120
 * section 11.1</a>); nesting deeper than {@value #MAX_DEPTH}.
 */
public final class XmlElement implements XmlNode {
  /** The greatest number of elements on the way from an element to its deepest descendant. */
  public static final int MAX_DEPTH = 256;

  private final String name;
  private final String namespace;
  private final List<XmlAttribute> attributes;
  private final List<XmlNode> nodes;
  private final int depth;

  private XmlElement(
      String name, String namespace, Collection<XmlAttribute> attributes, List<XmlNode> nodes) {
    this.name = name;
    this.namespace = namespace;
    this.attributes = List.copyOf(attributes);
    this.nodes = List.copyOf(nodes);
    int deepest = 0;
    for (XmlNode node : this.nodes) {
      if (node instanceof XmlElement child) {
        deepest = Math.max(deepest, child.depth);
      }
    }
    this.depth = deepest + 1;
    if (depth > MAX_DEPTH) {
      throw new IllegalArgumentException("elements nest deeper than " + MAX_DEPTH);
    }
  }

  /**
   * Makes an element without attributes or content.
   *
   * @param name its local name
   * @param namespace its namespace, empty for none
   * @return the element
   * @throws IllegalArgumentException when the name is no NCName, or the namespace cannot stand in
   *     XML
   */
  public static XmlElement of(String name, String namespace) {
    return builder(name, namespace).build();
  }

  /**
   * Begins an element.
   *
   * @param name its local name
   * @param namespace its namespace, empty for none
   * @return a builder, for use by one thread
   * @throws IllegalArgumentException when the name is no NCName, or the namespace cannot stand in
   *     XML
   */
  public static Builder builder(String name, String namespace) {
    return new Builder(name, namespace);
  }

  /**
   * A builder that begins with all that this element has.
   *
   * @return a builder, for use by one thread
   */
  public Builder toBuilder() {
    Builder builder = new Builder(name, namespace);
    for (XmlAttribute attribute : attributes) {
      builder.attributes.put(Builder.key(attribute.namespace(), attribute.name()), attribute);
    }
    builder.nodes.addAll(nodes);
    return builder;
  }

  /**
   * The local name.
   *
   * @return a name without a colon
   */
  public String name() {
    return name;
  }

  /**
   * The namespace.
   *
   * @return the namespace name, empty for none
   */
  public String namespace() {
    return namespace;
  }

  /**
   * Whether this is the element of that name in that namespace.
   *
   * @param otherName a local name
   * @param otherNamespace a namespace
   * @return true if both are this element's
   */
  public boolean is(String otherName, String otherNamespace) {
    return name.equals(otherName) && namespace.equals(otherNamespace);
  }

  /**
   * All attributes, without namespace declarations.
   *
   * @return the attributes in their order, unmodifiable
   */
  public List<XmlAttribute> attributes() {
    return attributes;
  }

  /**
   * The value of an attribute that is in no namespace.
   *
   * @param attribute its local name
   * @return its value, unescaped; empty when the element has no such attribute
   */
  public Optional<String> attribute(String attribute) {
    return attribute("", attribute);
  }

  /**
   * The value of an attribute.
   *
   * @param attributeNamespace its namespace, empty for none
   * @param attribute its local name
   * @return its value, unescaped; empty when the element has no such attribute
   */
  public Optional<String> attribute(String attributeNamespace, String attribute) {
    for (XmlAttribute candidate : attributes) {
      if (candidate.name().equals(attribute) && candidate.namespace().equals(attributeNamespace)) {
        return Optional.of(candidate.value());
      }
    }
    return Optional.empty();
  }

  /**
   * Child elements and text.
   *
   * @return the nodes in their order, unmodifiable
   */
  public List<XmlNode> nodes() {
    return nodes;
  }

  /**
   * The child elements.
   *
   * @return the elements among {@link #nodes()}, in their order
   */
  public List<XmlElement> children() {
    List<XmlElement> children = new ArrayList<>(nodes.size());
    for (XmlNode node : nodes) {
      if (node instanceof XmlElement child) {
        children.add(child);
      }
    }
    return children;
  }

  /**
   * The child elements of one name.
   *
   * @param childName a local name
   * @param childNamespace a namespace
   * @return the matching children, in their order
   */
  public List<XmlElement> children(String childName, String childNamespace) {
    return children().stream().filter(child -> child.is(childName, childNamespace)).toList();
  }

  /**
   * The first child element of one name.
   *
   * @param childName a local name
   * @param childNamespace a namespace
   * @return the child, empty when there is none
   */
  public Optional<XmlElement> child(String childName, String childNamespace) {
    for (XmlNode node : nodes) {
      if (node instanceof XmlElement child && child.is(childName, childNamespace)) {
        return Optional.of(child);
      }
    }
    return Optional.empty();
  }

  /**
   * The text directly inside this element.
   *
   * @return all text nodes joined, unescaped; empty text when there is none
   */
  public String text() {
    if (nodes.size() == 1 && nodes.get(0) instanceof XmlText only) {
      return only.value();
    }
    StringBuilder text = new StringBuilder();
    for (XmlNode node : nodes) {
      if (node instanceof XmlText part) {
        text.append(part.value());
      }
    }
    return text.toString();
  }

  /**
   * The text form, on its own.
   *
   * @return well-formed XML that declares its namespaces, without an XML declaration
   */
  public String toXml() {
    return toXml("");
  }

  /**
   * The text form inside an element whose default namespace is already declared.
   *
   * @param inherited the default namespace in force around it, empty for none
   * @return well-formed XML that declares what {@code inherited} does not
   */
  public String toXml(String inherited) {
    StringBuilder xml = new StringBuilder(128);
    XmlWriter.write(this, inherited, xml);
    return xml.toString();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof XmlElement that
        && name.equals(that.name)
        && namespace.equals(that.namespace)
        && attributes.equals(that.attributes)
        && nodes.equals(that.nodes);
  }

  @Override
  public int hashCode() {
    return Objects.hash(name, namespace, attributes, nodes.size());
  }

  /**
   * Name and namespace only, since content may be private; both cut and cleaned of controls.
   *
   * @return a text for logs, not XML
   */
  @Override
  public String toString() {
    return "<" + Quoted.of(name) + " xmlns='" + Quoted.of(namespace) + "'>";
  }

  /** Collects the parts of an element. For use by one thread. */
  public static final class Builder {
    private final String name;
    private final String namespace;
    private final Map<String, XmlAttribute> attributes = new LinkedHashMap<>(4);
    private final List<XmlNode> nodes = new ArrayList<>(4);

    /** Text that follows {@link #nodes}, while it comes in pieces. */
    private @Nullable StringBuilder pieces;

    private Builder(String name, String namespace) {
      XmlNames.requireName(name);
      XmlNames.requireNamespace(namespace);
      this.name = name;
      this.namespace = namespace;
    }

    /**
     * Sets an attribute that is in no namespace.
     *
     * @param attribute its local name
     * @param value its value, unescaped; null removes the attribute
     * @return this builder
     * @throws IllegalArgumentException when name or value cannot stand in XML
     */
    public Builder attribute(String attribute, @Nullable String value) {
      return attribute("", attribute, value);
    }

    /**
     * Sets an attribute.
     *
     * @param attributeNamespace its namespace, empty for none
     * @param attribute its local name
     * @param value its value, unescaped; null removes the attribute
     * @return this builder
     * @throws IllegalArgumentException when name or value cannot stand in XML
     */
    public Builder attribute(String attributeNamespace, String attribute, @Nullable String value) {
      String key = key(attributeNamespace, attribute);
      if (value == null) {
        attributes.remove(key);
      } else {
        attributes.put(key, new XmlAttribute(attributeNamespace, attribute, value));
      }
      return this;
    }

    /** One text for both parts; no name and no namespace holds U+0000. */
    private static String key(String attributeNamespace, String attribute) {
      return attributeNamespace.isEmpty() ? attribute : attributeNamespace + '\0' + attribute;
    }

    /**
     * Appends text.
     *
     * @param text the characters, unescaped
     * @return this builder
     * @throws IllegalArgumentException when a character cannot stand in XML
     */
    public Builder text(String text) {
      if (text.isEmpty()) {
        return this;
      }
      int last = nodes.size() - 1;
      if (pieces != null) {
        XmlNames.requireCharacters(text);
        pieces.append(text);
      } else if (last >= 0 && nodes.get(last) instanceof XmlText before) {
        XmlNames.requireCharacters(text);
        pieces = new StringBuilder(before.value()).append(text);
        nodes.remove(last);
      } else {
        nodes.add(new XmlText(text));
      }
      return this;
    }

    private void joinPieces() {
      if (pieces != null) {
        nodes.add(new XmlText(pieces.toString()));
        pieces = null;
      }
    }

    /**
     * Appends a child element.
     *
     * @param child the element
     * @return this builder
     */
    public Builder add(XmlElement child) {
      Objects.requireNonNull(child, "child");
      joinPieces();
      nodes.add(child);
      return this;
    }

    /**
     * Appends a child element that holds only text, in this element's namespace.
     *
     * @param childName its local name
     * @param text its text, unescaped
     * @return this builder
     */
    public Builder add(String childName, String text) {
      return add(builder(childName, namespace).text(text).build());
    }

    /**
     * Makes the element; the builder can go on and make another.
     *
     * @return the element
     * @throws IllegalArgumentException when it nests deeper than {@link #MAX_DEPTH}
     */
    public XmlElement build() {
      joinPieces();
      return new XmlElement(name, namespace, attributes.values(), nodes);
    }
  }
}
