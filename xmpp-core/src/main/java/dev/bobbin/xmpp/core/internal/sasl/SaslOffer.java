package dev.bobbin.xmpp.core.internal.sasl;

import dev.bobbin.xmpp.api.xml.XmlElement;
import java.util.List;

/**
 * What a server says it can do to authenticate. As long as the stream's bound on its features
 * allows; what is listed twice counts once, and names are compared as they stand.
 *
 * @param mechanisms names of SASL mechanisms, in the server's order, which means nothing
 * @param bindings types of channel binding (<a
 *     href="https://xmpp.org/extensions/xep-0440.html">XEP-0440</a>), likewise; empty when it does
 *     not say
 */
public record SaslOffer(List<String> mechanisms, List<String> bindings) {
  private static final String SASL = "urn:ietf:params:xml:ns:xmpp-sasl";
  private static final String BINDING = "urn:xmpp:sasl-cb:0";

  /** Copies the lists. */
  public SaslOffer {
    mechanisms = mechanisms.stream().distinct().toList();
    bindings = bindings.stream().distinct().toList();
  }

  /**
   * Reads an offer.
   *
   * @param features the stream's features
   * @return the offer
   */
  public static SaslOffer of(XmlElement features) {
    return new SaslOffer(
        features.child("mechanisms", SASL).stream()
            .flatMap(list -> list.children("mechanism", SASL).stream())
            .map(XmlElement::text)
            .toList(),
        features.child("sasl-channel-binding", BINDING).stream()
            .flatMap(list -> list.children("channel-binding", BINDING).stream())
            .flatMap(binding -> binding.attribute("type").stream())
            .toList());
  }
}
