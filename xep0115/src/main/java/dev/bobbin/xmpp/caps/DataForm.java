package dev.bobbin.xmpp.caps;

import dev.bobbin.xmpp.api.xml.XmlElement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A form of an answer (<a href="https://xmpp.org/extensions/xep-0128.html">XEP-0128</a>), as far as
 * it is hashed.
 *
 * @param type its {@code FORM_TYPE}
 * @param fields the values of its other fields by name, both in the order of octets
 */
record DataForm(String type, SortedMap<String, List<String>> fields) {
  static final String NAMESPACE = "jabber:x:data";

  private static final String FORM_TYPE = "FORM_TYPE";

  /**
   * Reads a form.
   *
   * @return the form; empty when it is not hashed, having no hidden {@code FORM_TYPE}
   * @throws IllFormedInfoException when it could be read in more than one way
   */
  static Optional<DataForm> read(XmlElement form) throws IllFormedInfoException {
    List<XmlElement> fields = form.children("field", NAMESPACE);
    List<XmlElement> types = fields.stream().filter(field -> is(field, FORM_TYPE)).toList();
    if (types.isEmpty() || types.stream().anyMatch(DataForm::isShown)) {
      return Optional.empty();
    }
    List<String> type = values(types.get(0)).stream().distinct().toList();
    if (types.size() > 1 || type.size() != 1) {
      throw new IllFormedInfoException("a form has several types, or none");
    }
    SortedMap<String, List<String>> others = new TreeMap<>(Factors.ORDER);
    for (XmlElement field : fields) {
      String name = field.attribute("var").orElse("");
      if (name.isEmpty()) {
        throw new IllFormedInfoException("a field of a form has no name");
      }
      if (!name.equals(FORM_TYPE) && others.put(name, values(field)) != null) {
        throw new IllFormedInfoException("a form has two fields of one name");
      }
    }
    return Optional.of(new DataForm(type.get(0), others));
  }

  private static boolean is(XmlElement field, String name) {
    return field.attribute("var").orElse("").equals(name);
  }

  private static boolean isShown(XmlElement field) {
    return !field.attribute("type").orElse("").equals("hidden");
  }

  private static List<String> values(XmlElement field) {
    return field.children("value", NAMESPACE).stream()
        .map(XmlElement::text)
        .sorted(Factors.ORDER)
        .toList();
  }

  /** What is hashed of it, in its order. */
  List<String> factors() {
    List<String> factors = new ArrayList<>(List.of(type));
    fields.forEach(
        (name, values) -> {
          factors.add(name);
          factors.addAll(values);
        });
    return factors;
  }
}
