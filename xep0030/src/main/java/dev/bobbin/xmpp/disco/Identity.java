package dev.bobbin.xmpp.disco;

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
 */
public record Identity(String category, String type, @Nullable String name) {
  /**
   * Checks the parts.
   *
   * @param category such as {@code client}
   * @param type such as {@code bot}
   * @param name a name for people, or null
   * @throws IllegalArgumentException when category or type is empty
   */
  public Identity {
    Objects.requireNonNull(category, "category");
    Objects.requireNonNull(type, "type");
    if (category.isEmpty() || type.isEmpty()) {
      throw new IllegalArgumentException("an identity has a category and a type");
    }
  }

  XmlElement toElement() {
    return XmlElement.builder("identity", DiscoInfo.NAMESPACE)
        .attribute("category", category)
        .attribute("type", type)
        .attribute("name", name)
        .build();
  }
}
