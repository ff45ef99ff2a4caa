package dev.bobbin.xmpp.disco;

import dev.bobbin.xmpp.api.xml.XmlElement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What an entity, or a node of it, is and can do (<a
 * href="https://xmpp.org/extensions/xep-0030.html#info">XEP-0030 section 3</a>).
 *
 * @param identities what it is
 * @param features the namespaces of what it can do
 * @param extensions forms that say more (<a
 *     href="https://xmpp.org/extensions/xep-0128.html">XEP-0128</a>), as they stand in the answer
 */
public record DiscoInfo(
    List<Identity> identities, Set<String> features, List<XmlElement> extensions) {
  /** The namespace of questions and answers about what an entity is. */
  public static final String NAMESPACE = "http://jabber.org/protocol/disco#info";

  /**
   * Copies the parts.
   *
   * @param identities what it is
   * @param features the namespaces of what it can do
   * @param extensions forms that say more (<a
   *     href="https://xmpp.org/extensions/xep-0128.html">XEP-0128</a>), as they stand in the answer
   */
  public DiscoInfo {
    identities = List.copyOf(identities);
    features = Collections.unmodifiableSet(new LinkedHashSet<>(features));
    extensions = List.copyOf(extensions);
  }

  /**
   * What an entity is and can do, without forms.
   *
   * @param identities what it is
   * @param features the namespaces of what it can do
   */
  public DiscoInfo(List<Identity> identities, Set<String> features) {
    this(identities, features, List.of());
  }

  /**
   * Whether a feature is among the features.
   *
   * @param namespace the feature's namespace
   * @return true if it is
   */
  public boolean supports(String namespace) {
    return features.contains(namespace);
  }

  /**
   * The form of one type among the extensions.
   *
   * @param formType the value of its hidden field {@code FORM_TYPE}, such as {@code
   *     urn:xmpp:dataforms:softwareinfo}
   * @return the first form of that type; empty when there is none of type {@code result} that has
   *     this type and no other
   */
  public Optional<XmlElement> form(String formType) {
    return extensions.stream()
        .filter(form -> FormType.of(form).filter(formType::equals).isPresent())
        .findFirst();
  }

  /**
   * Reads the answer to a question. What is incomplete in it is left out, and a feature that is
   * said twice counts once.
   *
   * @param query an element {@code query} in {@link #NAMESPACE}
   * @return what it says
   */
  public static DiscoInfo parse(XmlElement query) {
    List<Identity> identities = new ArrayList<>();
    for (XmlElement identity : query.children("identity", NAMESPACE)) {
      Identity.parse(identity).ifPresent(identities::add);
    }
    Set<String> features = new LinkedHashSet<>();
    query
        .children("feature", NAMESPACE)
        .forEach(
            feature -> feature.attribute("var").filter(v -> !v.isEmpty()).ifPresent(features::add));
    return new DiscoInfo(identities, features, query.children("x", FormType.FORMS));
  }

  static XmlElement feature(String namespace) {
    return XmlElement.builder("feature", NAMESPACE).attribute("var", namespace).build();
  }

  /**
   * The answer to a question as XML, in the order of the parts.
   *
   * @return an element {@code query} in {@link #NAMESPACE}, to which its node can be added
   */
  public XmlElement.Builder toElement() {
    XmlElement.Builder query = XmlElement.builder("query", NAMESPACE);
    identities.forEach(identity -> query.add(identity.toElement()));
    features.forEach(feature -> query.add(feature(feature)));
    extensions.forEach(query::add);
    return query;
  }
}
