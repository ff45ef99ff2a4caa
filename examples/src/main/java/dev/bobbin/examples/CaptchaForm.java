package dev.bobbin.examples;

import dev.bobbin.xmpp.api.XmppException;
import dev.bobbin.xmpp.api.xml.XmlElement;
import dev.bobbin.xmpp.bob.ContentId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A data form (<a href="https://xmpp.org/extensions/xep-0004.html">XEP-0004</a>) with a text to
 * read out of a picture, as <a href="https://xmpp.org/extensions/xep-0158.html">XEP-0158</a> has
 * them. Immutable.
 */
final class CaptchaForm {
  /** The field for the text that the picture shows. */
  static final String OCR = "ocr";

  private static final String FORM = "jabber:x:data";
  private static final String MEDIA = "urn:xmpp:media-element";

  private final XmlElement form;

  private CaptchaForm(XmlElement form) {
    this.form = form;
  }

  /** Finds the form in a message's {@code captcha}, or in a {@code query} for registration. */
  static Optional<CaptchaForm> in(XmlElement parent) {
    return parent.child("x", FORM).map(CaptchaForm::new);
  }

  /** The one value that a field came with; empty when there is none, or more than one. */
  Optional<String> value(String field) {
    List<String> values = values(field);
    return values.size() == 1 ? Optional.of(values.get(0)) : Optional.empty();
  }

  private List<String> values(String name) {
    return fields(name)
        .flatMap(field -> field.children("value", FORM).stream())
        .map(XmlElement::text)
        .toList();
  }

  /**
   * The picture that is referred to. Of several references, such as to a web server, the one to a
   * bit of binary counts.
   *
   * @throws XmppException when there is none
   * @throws IllegalArgumentException when it is malformed
   */
  ContentId picture() {
    return fields(OCR)
        .findFirst()
        .flatMap(ocr -> ocr.child("media", MEDIA))
        .flatMap(
            media ->
                media.children("uri", MEDIA).stream()
                    .map(uri -> uri.text().strip())
                    .filter(uri -> uri.startsWith("cid:"))
                    .findFirst())
        .map(ContentId::ofUri)
        .orElseThrow(() -> new XmppException("The form has no picture that is a bit of binary"));
  }

  /** The form as it goes back: hidden fields as they came, and the answers. */
  XmlElement submit(Map<String, String> answers) {
    Map<String, List<String>> values = new LinkedHashMap<>();
    for (XmlElement field : form.children("field", FORM)) {
      String name = field.attribute("var").orElse("");
      if (field.attribute("type").orElse("").equals("hidden")) {
        values.put(name, values(name));
      }
    }
    answers.forEach((name, answer) -> values.put(name, List.of(answer)));
    XmlElement.Builder submit = XmlElement.builder("x", FORM).attribute("type", "submit");
    values.forEach(
        (name, given) -> {
          XmlElement.Builder field = XmlElement.builder("field", FORM).attribute("var", name);
          given.forEach(value -> field.add("value", value));
          submit.add(field.build());
        });
    return submit.build();
  }

  private Stream<XmlElement> fields(String name) {
    return form.children("field", FORM).stream()
        .filter(field -> field.attribute("var").orElse("").equals(name));
  }
}
