package dev.bobbin.fuzz;

import dev.bobbin.xmpp.api.jid.Jid;
import dev.bobbin.xmpp.api.jid.MalformedJidException;
import dev.bobbin.xmpp.api.xml.XmlElement;
import java.nio.charset.StandardCharsets;

/**
 * Addresses. The input is the text of one.
 *
 * <p>Claimed: a text is an address or a {@link MalformedJidException}; an address is the same when
 * it is read again, as a whole or in parts; its parts are within their bounds; and it can stand in
 * XML.
 */
public final class JidTarget {
  private static final int MAX_PART = 1023;
  private static final int MAX_MESSAGE = 1000;

  private JidTarget() {}

  /**
   * Tries one input.
   *
   * @param input UTF-8, with halves of surrogate pairs as {@link Input#text} has them
   */
  public static void fuzzerTestOneInput(byte[] input) {
    Jid jid;
    try {
      jid = Jid.of(Input.text(input));
    } catch (MalformedJidException e) {
      String message = String.valueOf(e.getMessage());
      Claim.that(message.length() <= MAX_MESSAGE, "a message has " + message.length() + " chars");
      Claim.printable(message);
      return;
    }
    same(jid, Jid.of(jid.toString()));
    same(jid, Jid.of(jid.local().orElse(null), jid.domain(), jid.resource().orElse(null)));
    same(jid.bare(), Jid.of(jid.bare().toString()));
    jid.resource().ifPresent(resource -> same(jid, jid.bare().withResource(resource)));
    Claim.that(jid.isFull() == !jid.equals(jid.bare()), "a full JID equals its bare one");

    jid.local().ifPresent(JidTarget::checkPart);
    checkPart(jid.domain());
    jid.resource().ifPresent(JidTarget::checkPart);
    Claim.that(jid.local().filter(local -> hasSpace(local)).isEmpty(), "space in a local part");
    Claim.that(!hasSpace(jid.domain()), "space in a domain");
    String written = XmlElement.builder("x", "").attribute("to", jid.toString()).build().toXml();
    Claim.that(written.length() >= jid.toString().length(), "an address is lost in XML");
  }

  private static void same(Jid jid, Jid again) {
    Claim.that(jid.equals(again), "read again, an address is another one");
    Claim.that(jid.hashCode() == again.hashCode(), "equal addresses have two hash codes");
    Claim.that(jid.compareTo(again) == 0, "equal addresses are in order");
    Claim.that(jid.toString().equals(again.toString()), "equal addresses have two texts");
  }

  private static void checkPart(String part) {
    int bytes = part.getBytes(StandardCharsets.UTF_8).length;
    Claim.that(bytes >= 1 && bytes <= MAX_PART, "a part has " + bytes + " bytes");
    Claim.printable(part);
  }

  private static boolean hasSpace(String part) {
    return part.codePoints().anyMatch(c -> Character.isWhitespace(c) || Character.isSpaceChar(c));
  }
}
