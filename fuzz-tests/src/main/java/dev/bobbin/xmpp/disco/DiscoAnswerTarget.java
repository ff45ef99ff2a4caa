package dev.bobbin.xmpp.disco;

import dev.bobbin.fuzz.Claim;
import dev.bobbin.fuzz.StreamedQuery;
import dev.bobbin.xmpp.api.jid.Jid;
import dev.bobbin.xmpp.api.jid.MalformedJidException;
import dev.bobbin.xmpp.api.xml.XmlElement;
import java.util.List;

/**
 * Answers of service discovery. The input is what stands in a {@code query}, of which {@code i} and
 * {@code t} are the prefixes of information and items, and {@code f} that of forms.
 *
 * <p>Claimed: whatever is a query is read; as many identities, features, forms and items as can be
 * used, and no others; it is the same when it is written and read again; and a form is refused, in
 * printable words, or has one type, by which it is found.
 */
public final class DiscoAnswerTarget {
  private static final String PREFIXES =
      "xmlns:i='http://jabber.org/protocol/disco#info'"
          + " xmlns:t='http://jabber.org/protocol/disco#items' xmlns:f='jabber:x:data'";

  private DiscoAnswerTarget() {}

  /**
   * Tries one input.
   *
   * @param input what stands in the query
   */
  public static void fuzzerTestOneInput(byte[] input) {
    StreamedQuery.of(PREFIXES, input)
        .ifPresent(
            query -> {
              checkInfo(query);
              checkItems(query);
            });
  }

  private static void checkInfo(XmlElement query) {
    DiscoInfo info = DiscoInfo.parse(query);
    long identities =
        query.children("identity", DiscoInfo.NAMESPACE).stream()
            .filter(identity -> isSaid(identity, "category") && isSaid(identity, "type"))
            .count();
    long features =
        query.children("feature", DiscoInfo.NAMESPACE).stream()
            .filter(feature -> isSaid(feature, "var"))
            .map(feature -> feature.attribute("var"))
            .distinct()
            .count();
    Claim.that(info.identities().size() == identities, "identities were lost or made up");
    Claim.that(info.features().size() == features, "features were lost or made up");
    Claim.that(
        info.extensions().equals(query.children("x", FormType.FORMS)),
        "forms are not as they were");
    Claim.that(DiscoInfo.parse(info.toElement().build()).equals(info), "it changes");
    info.extensions().forEach(form -> checkForm(form, info));
  }

  private static boolean isSaid(XmlElement element, String attribute) {
    return element.attribute(attribute).filter(value -> !value.isEmpty()).isPresent();
  }

  private static void checkForm(XmlElement form, DiscoInfo info) {
    try {
      String type = FormType.require(form);
      Claim.that(!type.isEmpty(), "a form has no type");
      Claim.that(info.form(type).isPresent(), "a form is not found by its type");
    } catch (IllegalArgumentException e) {
      Claim.printable(e.getMessage());
      Claim.that(FormType.of(form).isEmpty(), "a form with a type was refused");
    }
  }

  private static boolean isOfAJid(XmlElement item) {
    try {
      Jid.of(item.attribute("jid").orElse(""));
      return true;
    } catch (MalformedJidException e) {
      return false;
    }
  }

  private static void checkItems(XmlElement query) {
    List<DiscoItem> items = DiscoItems.parse(query);
    long there =
        query.children("item", DiscoItem.NAMESPACE).stream()
            .filter(DiscoAnswerTarget::isOfAJid)
            .count();
    Claim.that(items.size() == there, "items were lost or made up");
    Claim.that(DiscoItems.parse(DiscoItems.toElement(items).build()).equals(items), "they change");
  }
}
