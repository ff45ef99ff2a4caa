package dev.bobbin.xmpp.caps;

import dev.bobbin.fuzz.Claim;
import dev.bobbin.fuzz.StreamedQuery;
import dev.bobbin.xmpp.api.xml.XmlAttribute;
import dev.bobbin.xmpp.api.xml.XmlElement;
import dev.bobbin.xmpp.disco.DiscoInfo;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Answers whose hash is announced, and other answers that a liar makes of the string that is
 * hashed. The first line of the input says what each of its factors is to be: {@code i} an
 * identity, {@code j} a feature, {@code t} the type of a new form, {@code f} a field, {@code v} a
 * value of that field; in capitals, with {@code <} for what looks like its escape. What follows
 * stands in a {@code query}, of which {@code i} is the prefix and {@code f} that of forms.
 *
 * <p>Claimed: two answers that are hashed from one string, and may both be shared, are equal as far
 * as they are shared; and what is shared can be shared again.
 */
public final class HashedInfoTarget {
  private static final String PREFIXES =
      "xmlns:i='http://jabber.org/protocol/disco#info' xmlns:f='jabber:x:data'";

  private HashedInfoTarget() {}

  /**
   * Tries one input.
   *
   * @param input a line of choices, and what stands in the query
   */
  public static void fuzzerTestOneInput(byte[] input) {
    int end = 0;
    while (end < input.length && input[end] != '\n') {
      end++;
    }
    Optional<XmlElement> query =
        StreamedQuery.of(PREFIXES, Arrays.copyOfRange(input, end, input.length));
    if (query.isEmpty()) {
      return;
    }
    try {
      HashedInfo honest = HashedInfo.read(query.get());
      if (!honest.readsOneWay()) {
        return;
      }
      HashedInfo again = HashedInfo.read(honest.info().toElement().build());
      Claim.that(again.info().equals(honest.info()), "what is shared changes");
      HashedInfo other =
          HashedInfo.read(other(honest.text(), new String(input, 0, end, StandardCharsets.UTF_8)));
      boolean isShared = other.text().equals(honest.text()) && other.readsOneWay();
      Claim.that(!isShared || other.info().equals(honest.info()), "one hash stands for two");
    } catch (IllFormedInfoException e) {
      Claim.printable(e.getMessage()); // Is not believed at all.
    }
  }

  /** Another answer with the factors of a string; what is not chosen is a value. */
  private static XmlElement other(String text, String choices) {
    XmlElement.Builder query = XmlElement.builder("query", DiscoInfo.NAMESPACE);
    List<List<List<String>>> forms = new ArrayList<>();
    List<String> factors = List.of(text.split("<", -1));
    for (int i = 0; i < factors.size() - 1; i++) {
      char choice = i < choices.length() ? choices.charAt(i) : 'v';
      String factor =
          Character.isUpperCase(choice)
              ? factors.get(i).replace(Factors.ESCAPED, "<")
              : factors.get(i);
      switch (Character.toLowerCase(choice)) {
        case 'i' -> query.add(identity(factor));
        case 'j' -> query.add(feature(factor));
        case 't' -> forms.add(new ArrayList<>(List.of(List.of("FORM_TYPE", factor))));
        case 'f' -> last(forms).add(new ArrayList<>(List.of(factor)));
        default -> addValue(last(forms), factor);
      }
    }
    forms.forEach(form -> query.add(form(form)));
    return query.build();
  }

  private static List<List<String>> last(List<List<List<String>>> forms) {
    if (forms.isEmpty()) {
      forms.add(new ArrayList<>());
    }
    return forms.get(forms.size() - 1);
  }

  /** The first field is the type, which has a value already. */
  private static void addValue(List<List<String>> form, String value) {
    if (form.size() > 1) {
      form.get(form.size() - 1).add(value);
    }
  }

  private static XmlElement identity(String factor) {
    String[] parts = (factor + "////").split("/", 4);
    String name = parts[3].substring(0, parts[3].length() - Math.min(4, parts[3].length()));
    return XmlElement.builder("identity", DiscoInfo.NAMESPACE)
        .attribute("category", parts[0])
        .attribute("type", parts[1])
        .attribute(XmlAttribute.XML_NAMESPACE, "lang", parts[2])
        .attribute("name", name)
        .build();
  }

  private static XmlElement feature(String factor) {
    return XmlElement.builder("feature", DiscoInfo.NAMESPACE).attribute("var", factor).build();
  }

  private static XmlElement form(List<List<String>> fields) {
    XmlElement.Builder form =
        XmlElement.builder("x", DataForm.NAMESPACE).attribute("type", "result");
    for (List<String> field : fields) {
      String name = field.get(0);
      XmlElement.Builder element =
          XmlElement.builder("field", DataForm.NAMESPACE)
              .attribute("var", name)
              .attribute("type", name.equals("FORM_TYPE") ? "hidden" : null);
      field.subList(1, field.size()).forEach(value -> element.add("value", value));
      form.add(element.build());
    }
    return form.build();
  }
}
