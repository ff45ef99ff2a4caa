package dev.bobbin.xmpp.api.xml;

/**
 * Character data between tags, unescaped.
 *
 * @param value the characters, each allowed by XML 1.0 section 2.2
 */
public record XmlText(String value) implements XmlNode {
  /**
   * Checks the characters.
   *
   * @param value the characters, unescaped
   * @throws IllegalArgumentException when one of them cannot stand in XML 1.0
   */
  public XmlText {
    XmlNames.requireCharacters(value);
  }
}
