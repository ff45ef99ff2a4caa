package dev.bobbin.xmpp.disco;

import dev.bobbin.xmpp.api.Quoted;
import dev.bobbin.xmpp.api.xml.XmlElement;
import java.util.List;
import java.util.Optional;

/**
 * What a form that describes an entity is about (<a
 * href="https://xmpp.org/extensions/xep-0128.html">XEP-0128</a>; <a
 * href="https://xmpp.org/extensions/xep-0068.html">XEP-0068</a>): the value of its hidden field
 * {@code FORM_TYPE}. A form without it means nothing to whoever reads it, and entity capabilities
 * pass it over (XEP-0115 section 5.4).
 */
final class FormType {
  static final String FORMS = "jabber:x:data";

  private FormType() {}

  /** The type of a form that is what the standards want, with one type. */
  static Optional<String> of(XmlElement form) {
    if (!isResult(form)) {
      return Optional.empty();
    }
    List<XmlElement> fields = fields(form);
    if (fields.size() != 1 || !has(fields.get(0), "type", "hidden")) {
      return Optional.empty();
    }
    List<XmlElement> values = fields.get(0).children("value", FORMS);
    return values.size() == 1
        ? Optional.of(values.get(0).text()).filter(text -> !text.isEmpty())
        : Optional.empty();
  }

  static String require(XmlElement form) {
    return of(form)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "The form "
                        + form
                        + " has "
                        + shortcoming(form)
                        + "; what describes an entity is <x xmlns='"
                        + FORMS
                        + "' type='result'> with one field FORM_TYPE that is hidden and has one"
                        + " value (docs/errors.md#bad-form)"));
  }

  private static String shortcoming(XmlElement form) {
    if (!isResult(form)) {
      return "the type '" + type(form) + "'";
    }
    List<XmlElement> fields = fields(form);
    if (fields.size() != 1) {
      return fields.size() + " fields FORM_TYPE";
    }
    List<String> values =
        fields.get(0).children("value", FORMS).stream()
            .map(value -> "'" + Quoted.of(value.text()) + "'")
            .toList();
    return "a field FORM_TYPE of type '" + type(fields.get(0)) + "' with " + values;
  }

  private static String type(XmlElement element) {
    return Quoted.of(element.attribute("type").orElse(""));
  }

  private static boolean isResult(XmlElement form) {
    return form.is("x", FORMS) && has(form, "type", "result");
  }

  private static List<XmlElement> fields(XmlElement form) {
    return form.children("field", FORMS).stream()
        .filter(field -> has(field, "var", "FORM_TYPE"))
        .toList();
  }

  private static boolean has(XmlElement element, String attribute, String value) {
    return element.attribute(attribute).filter(value::equals).isPresent();
  }
}
