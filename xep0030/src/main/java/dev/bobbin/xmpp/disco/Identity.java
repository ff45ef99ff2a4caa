package dev.bobbin.xmpp.disco;

import dev.bobbin.xmpp.api.xml.XmlAttribute;
import dev.bobbin.xmpp.api.xml.XmlElement;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What an entity is, in the terms of the <a
 * href="https://xmpp.org/registrar/disco-categories.html">registry of categories</a>.
 *
 * <p>An entity may have one name in each of several languages: an identity for each.
 *
 * @param category such as {@code client}
 * @param type such as {@code bot}
 * @param name a name for people, or null
 * @param lang the language of the name as in {@code xml:lang}, such as {@code en}; null where the
 *     identity itself states none, whatever the elements around it do: servers add the language of
 *     a stream to what they pass on
 */
public record Identity(String category, String type, @Nullable String name, @Nullable String lang) {
  /**
   * Checks the parts.
   *
   * @param category such as {@code client}
   * @param type such as {@code bot}
   * @param name a name for people, or null
   * @param lang the language of the name, or null
   * @throws IllegalArgumentException when category, type or language is empty
   */
  public Identity {
    Objects.requireNonNull(category, "category");
    Objects.requireNonNull(type, "type");
    if (category.isEmpty() || type.isEmpty()) {
      throw new IllegalArgumentException("an identity has a category and a type");
    }
    if (lang != null && lang.isEmpty()) {
      throw new IllegalArgumentException("a language is not empty; null means none");
    }
  }

  /**
   * An identity in no particular language.
   *
   * @param category such as {@code client}
   * @param type such as {@code bot}
   * @param name a name for people, or null
   * @throws IllegalArgumentException when category or type is empty
   */
  public Identity(String category, String type, @Nullable String name) {
    this(category, type, name, null);
  }

  /** What of two names for the same is the same. */
  Identity withoutName() {
    return new Identity(category, type, null, lang);
  }

  static Optional<Identity> parse(XmlElement element) {
    String category = element.attribute("category").orElse("");
    String type = element.attribute("type").orElse("");
    if (category.isEmpty() || type.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Identity(
            category,
            type,
            element.attribute("name").orElse(null),
            element
                .attribute(XmlAttribute.XML_NAMESPACE, "lang")
                .filter(lang -> !lang.isEmpty())
                .orElse(null)));
  }

  XmlElement toElement() {
    return XmlElement.builder("identity", DiscoInfo.NAMESPACE)
        .attribute("category", category)
        .attribute("type", type)
        .attribute("name", name)
        .attribute(XmlAttribute.XML_NAMESPACE, "lang", lang)
        .build();
  }
}
