package dev.bobbin.xmpp.disco;

import dev.bobbin.xmpp.api.xml.XmlAttribute;
import dev.bobbin.xmpp.api.xml.XmlElement;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What an entity is, in the terms of the <a
 * href="https://xmpp.org/registrar/disco-categories.html">registry of categories</a>.
 *
 * @param category such as {@code client}
 * @param type such as {@code bot}
 * @param name a name for people, or null
 * @param lang the language of that name ({@code xml:lang}), or null; only as the identity itself
 *     says it, since whoever forwards a stanza may give it a language of its own
 */
public record Identity(String category, String type, @Nullable String name, @Nullable String lang) {
  /**
   * Checks the parts.
   *
   * @param category such as {@code client}
   * @param type such as {@code bot}
   * @param name a name for people, or null
   * @param lang the language of that name, or null
   * @throws IllegalArgumentException when category or type is empty
   */
  public Identity {
    Objects.requireNonNull(category, "category");
    Objects.requireNonNull(type, "type");
    if (category.isEmpty() || type.isEmpty()) {
      throw new IllegalArgumentException("an identity has a category and a type");
    }
  }

  /**
   * An identity whose name has no language.
   *
   * @param category such as {@code client}
   * @param type such as {@code bot}
   * @param name a name for people, or null
   * @throws IllegalArgumentException when category or type is empty
   */
  public Identity(String category, String type, @Nullable String name) {
    this(category, type, name, null);
  }

  XmlElement toElement() {
    return XmlElement.builder("identity", DiscoInfo.NAMESPACE)
        .attribute("category", category)
        .attribute("type", type)
        .attribute(XmlAttribute.XML_NAMESPACE, "lang", lang)
        .attribute("name", name)
        .build();
  }
}
