package dev.bobbin.xmpp.api.xml;

import java.util.Objects;

/**
 * One attribute of an element.
 *
 * @param namespace its namespace, empty for none (as nearly all attributes have it)
 * @param name its local name
 * @param value its value, unescaped
 */
public record XmlAttribute(String namespace, String name, String value) {
  /** The namespace of {@code xml:lang}. */
  public static final String XML_NAMESPACE = "http://www.w3.org/XML/1998/namespace";

  /**
   * Checks the parts.
   *
   * @param namespace its namespace, empty for none
   * @param name its local name
   * @param value its value, unescaped
   * @throws IllegalArgumentException when the name is no NCName, a character cannot stand in XML,
   *     or the attribute would declare a namespace
   */
  public XmlAttribute {
    Objects.requireNonNull(namespace, "namespace");
    XmlNames.requireName(name);
    XmlNames.requireNamespace(namespace);
    XmlNames.requireCharacters(value);
    if (namespace.isEmpty() && name.equals("xmlns")) {
      throw new IllegalArgumentException("'xmlns' declares a namespace and is no attribute");
    }
  }
}
