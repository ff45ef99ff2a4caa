package dev.bobbin.xmpp.testkit;

import dev.bobbin.xmpp.api.stanza.StanzaError.Condition;
import dev.bobbin.xmpp.api.xml.XmlElement;
import java.util.List;
import java.util.Optional;

/** Answers requests to the domain, and to an account on its behalf. Stateless. */
final class DomainService {
  private static final String DISCO_INFO = "http://jabber.org/protocol/disco#info";
  private static final String DISCO_ITEMS = "http://jabber.org/protocol/disco#items";
  private static final String PING = "urn:xmpp:ping";
  private static final String ROSTER = "jabber:iq:roster";
  private static final String SESSION = "urn:ietf:params:xml:ns:xmpp-session";

  private DomainService() {}

  /** Takes an IQ of type get or set that has just one payload. */
  static Optional<XmlElement> answer(XmlElement request, boolean toAccount) {
    XmlElement payload = request.children().get(0);
    boolean get = request.attribute("type").orElse("").equals("get");
    if (get && payload.is("ping", PING) || !get && payload.is("session", SESSION)) {
      return Optional.of(Replies.result(request, Optional.empty()));
    }
    if (get && payload.is("query", ROSTER)) {
      return Optional.of(Replies.result(request, Optional.of(XmlElement.of("query", ROSTER))));
    }
    boolean info = payload.is("query", DISCO_INFO);
    if (!get || !info && !payload.is("query", DISCO_ITEMS)) {
      return Replies.error(request, Condition.SERVICE_UNAVAILABLE);
    }
    if (payload.attribute("node").isPresent()) {
      return Replies.error(request, Condition.ITEM_NOT_FOUND);
    }
    return Optional.of(
        Replies.result(
            request, Optional.of(info ? info(toAccount) : XmlElement.of("query", DISCO_ITEMS))));
  }

  private static XmlElement info(boolean account) {
    XmlElement.Builder query = XmlElement.builder("query", DISCO_INFO);
    query.add(
        XmlElement.builder("identity", DISCO_INFO)
            .attribute("category", account ? "account" : "server")
            .attribute("type", account ? "registered" : "im")
            .attribute("name", account ? null : "Loopback server for tests")
            .build());
    for (String feature : List.of(DISCO_INFO, DISCO_ITEMS, PING, ROSTER)) {
      query.add(XmlElement.builder("feature", DISCO_INFO).attribute("var", feature).build());
    }
    return query.build();
  }
}
