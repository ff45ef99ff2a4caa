package dev.bobbin.xmpp.caps;

import dev.bobbin.xmpp.api.xml.XmlAttribute;
import dev.bobbin.xmpp.api.xml.XmlElement;
import dev.bobbin.xmpp.disco.DiscoInfo;
import dev.bobbin.xmpp.disco.Identity;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * An answer to {@code disco#info} as far as the verification string tells it (<a
 * href="https://xmpp.org/extensions/xep-0115.html#ver">XEP-0115 section 5</a>), which is all that
 * may be believed of it on the strength of a hash.
 *
 * <p>The string is a list of factors, each followed by {@code <}, without a mark where identities
 * end and features begin, or features and forms, or a field, its values and the next field. So one
 * hash may stand for several answers, and who announces another's hash could give the one in which
 * {@code urn:xmpp:bob} is no feature but the type of a form. Nothing can be told of the inside of
 * forms, which therefore count for nobody. Of identities and features {@link #readsOneWay()} tells
 * whether any other answer of that hash, of which the same is true, has just the same ones; only
 * then may they be shared by all who announce the hash.
 */
final class HashedInfo {
  private final DiscoInfo info;
  private final String text;
  private final boolean readsOneWay;
  private final long weight;

  private HashedInfo(DiscoInfo info, String text, boolean readsOneWay, long weight) {
    this.info = info;
    this.text = text;
    this.readsOneWay = readsOneWay;
    this.weight = weight;
  }

  /**
   * Reads an answer.
   *
   * @param query the element {@code query}
   * @throws IllFormedInfoException when section 5.4 forbids to hash it, or it is incomplete
   */
  static HashedInfo read(XmlElement query) throws IllFormedInfoException {
    SortedSet<List<String>> identities = identities(query);
    SortedSet<String> features = features(query);
    SortedMap<String, DataForm> forms = forms(query);
    List<String> factors = new ArrayList<>();
    identities.forEach(identity -> factors.add(String.join("/", identity)));
    factors.addAll(features);
    forms.values().forEach(form -> factors.addAll(form.factors()));
    StringBuilder text = new StringBuilder();
    factors.forEach(factor -> text.append(Factors.escaped(factor)).append('<'));
    DiscoInfo info =
        new DiscoInfo(identities.stream().map(HashedInfo::identity).toList(), features);
    boolean readsOneWay =
        !identities.isEmpty()
            && text.indexOf(Factors.ESCAPED) < 0
            && features.stream().noneMatch(HashedInfo::couldBeAnIdentity)
            && (forms.isEmpty() || isBefore(forms.firstKey(), features));
    long weight = 200;
    for (List<String> identity : identities) {
      weight += 250 + 2L * String.join("", identity).length();
    }
    for (String feature : features) {
      weight += 100 + 2L * feature.length();
    }
    return new HashedInfo(info, text.toString(), readsOneWay, weight);
  }

  private static SortedSet<List<String>> identities(XmlElement query)
      throws IllFormedInfoException {
    SortedSet<List<String>> identities = new TreeSet<>(Factors.ORDER_OF_LISTS);
    for (XmlElement identity : query.children("identity", DiscoInfo.NAMESPACE)) {
      String category = identity.attribute("category").orElse("");
      String type = identity.attribute("type").orElse("");
      String lang = identity.attribute(XmlAttribute.XML_NAMESPACE, "lang").orElse("");
      if (category.isEmpty() || type.isEmpty()) {
        throw new IllFormedInfoException("an identity has no category or no type");
      }
      if ((category + type + lang).contains("/")) {
        throw new IllFormedInfoException("'/' stands in an identity before its name");
      }
      String name = identity.attribute("name").orElse("");
      if (!identities.add(List.of(category, type, lang, name))) {
        throw new IllFormedInfoException("an identity is there twice");
      }
    }
    return identities;
  }

  private static Identity identity(List<String> parts) {
    String name = parts.get(3);
    String language = parts.get(2);
    return new Identity(
        parts.get(0),
        parts.get(1),
        name.isEmpty() ? null : name,
        language.isEmpty() ? null : language);
  }

  private static SortedSet<String> features(XmlElement query) throws IllFormedInfoException {
    SortedSet<String> features = new TreeSet<>(Factors.ORDER);
    for (XmlElement feature : query.children("feature", DiscoInfo.NAMESPACE)) {
      String namespace = feature.attribute("var").orElse("");
      if (namespace.isEmpty()) {
        throw new IllFormedInfoException("a feature has no name");
      }
      if (!features.add(namespace)) {
        throw new IllFormedInfoException("a feature is there twice");
      }
    }
    return features;
  }

  private static SortedMap<String, DataForm> forms(XmlElement query) throws IllFormedInfoException {
    SortedMap<String, DataForm> forms = new TreeMap<>(Factors.ORDER);
    for (XmlElement element : query.children("x", DataForm.NAMESPACE)) {
      DataForm form = DataForm.read(element).orElse(null);
      if (form != null && forms.put(form.type(), form) != null) {
        throw new IllFormedInfoException("two forms have one type");
      }
    }
    return forms;
  }

  /** Such as {@code client/pc//Psi}, but not {@code http://jabber.org/protocol/muc}. */
  private static boolean couldBeAnIdentity(String feature) {
    String[] parts = feature.split("/", 4);
    return parts.length == 4 && !parts[0].isEmpty() && !parts[1].isEmpty();
  }

  /** Features are sorted: a form's type that comes before the last one cannot be one of them. */
  private static boolean isBefore(String formType, SortedSet<String> features) {
    return !features.isEmpty() && Factors.ORDER.compare(formType, features.last()) < 0;
  }

  /** Its identities and features in the order of the string, without any form. */
  DiscoInfo info() {
    return info;
  }

  /** The string that is hashed. */
  String text() {
    return text;
  }

  Announced.Fingerprint fingerprint(CapsHash hash) {
    return new Announced.Fingerprint(hash.text(), hash.of(text));
  }

  boolean readsOneWay() {
    return readsOneWay;
  }

  /** About how many bytes of memory it takes to keep {@link #info()}. */
  long weight() {
    return weight;
  }
}
