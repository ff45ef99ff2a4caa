package dev.bobbin.xmpp.testkit;

import dev.bobbin.xmpp.api.jid.Jid;
import dev.bobbin.xmpp.api.jid.MalformedJidException;
import dev.bobbin.xmpp.api.stanza.Stanza;
import dev.bobbin.xmpp.api.stanza.StanzaError.Condition;
import dev.bobbin.xmpp.api.xml.XmlElement;
import java.io.IOException;
import java.util.Optional;
import java.util.function.BiFunction;
import javax.net.ssl.SSLSession;

/**
 * What a client goes through on an {@link XmlStream} before it may send stanzas (RFC 6120 sections
 * 5 to 7). For use by one thread.
 */
final class Negotiation {
  static final String TLS = "urn:ietf:params:xml:ns:xmpp-tls";
  private static final String BIND = "urn:ietf:params:xml:ns:xmpp-bind";
  private static final String PIPELINING = "<pipelining xmlns='urn:xmpp:features:pipelining'/>";
  private static final String SESSION = "urn:ietf:params:xml:ns:xmpp-session";
  private static final int MAX_REFUSED_BINDS = 5;

  private final ServerSettings settings;

  Negotiation(ServerSettings settings) {
    this.settings = settings;
  }

  /**
   * On clear text: waits until the client may begin its TLS handshake. Authentication is refused
   * here, whether TLS is offered or not.
   */
  void startTls(XmlStream stream) throws IOException {
    Redirect redirect = settings.redirect();
    if (redirect != null && !redirect.overTlsOnly()) {
      stream.awaitHeader();
      throw redirect.fault();
    }
    boolean offered = settings.tls().startTls();
    open(stream, offered ? "<starttls xmlns='" + TLS + "'><required/></starttls>" : "");
    for (int refused = 0; refused < SaslNegotiation.MAX_ATTEMPTS; refused++) {
      XmlElement element = stream.read();
      if (element.is("starttls", TLS)) {
        proceed(stream, offered);
        return;
      }
      if (!element.is("auth", SaslNegotiation.NAMESPACE)) {
        throw new StreamFault("not-authorized", "the client has not authenticated");
      }
      stream.write(new SaslFailure("encryption-required").toXml());
    }
    throw new StreamFault("policy-violation", "too many attempts to authenticate");
  }

  private void open(XmlStream stream, String features) throws IOException {
    stream.open(features + (settings.pipelining() ? PIPELINING : ""));
  }

  private void proceed(XmlStream stream, boolean offered) throws IOException {
    if (!offered) {
      stream.write("<failure xmlns='" + TLS + "'/>");
      throw new StreamClosed();
    }
    // Whoever can write into the clear text could smuggle in what would then look encrypted. With
    // pipelining it has to be the handshake itself, which is never taken for XML.
    if (stream.hasUnread() && !settings.pipelining()) {
      throw new StreamFault("policy-violation", "nothing may follow starttls before proceed");
    }
    stream.write("<proceed xmlns='" + TLS + "'/>");
  }

  /** On TLS: waits until the client has proven who it is, and restarts the stream. */
  SaslNegotiation.Authenticated authenticate(XmlStream stream, SSLSession channel)
      throws IOException {
    Redirect redirect = settings.redirect();
    if (redirect != null) {
      stream.awaitHeader();
      throw redirect.fault();
    }
    SaslOffer offer = new SaslOffer(settings.sasl(), channel);
    open(stream, offer.features());
    SaslNegotiation.Authenticated authenticated =
        new SaslNegotiation(stream, offer, settings.accounts()).authenticate();
    open(
        stream,
        "<bind xmlns='" + BIND + "'/><session xmlns='" + SESSION + "'><optional/></session>");
    return authenticated;
  }

  /** Waits until the client binds a resource. */
  Session bind(
      XmlStream stream,
      Jid account,
      Sessions sessions,
      BiFunction<Jid, XmlElement, Session> welcome)
      throws IOException {
    for (int refused = 0; refused < MAX_REFUSED_BINDS; refused++) {
      XmlElement iq = stream.read();
      Optional<XmlElement> bind = iq.child("bind", BIND);
      boolean asked =
          iq.is("iq", Stanza.NAMESPACE) && iq.attribute("type").orElse("").equals("set");
      if (!asked || bind.isEmpty()) {
        throw new StreamFault("not-authorized", "the client has not bound a resource");
      }
      Optional<String> wanted =
          bind.get().child("resource", BIND).map(XmlElement::text).filter(text -> !text.isEmpty());
      try {
        return sessions.bind(account, wanted, jid -> welcome.apply(jid, bound(iq, jid)));
      } catch (MalformedJidException e) {
        XmlElement error = Replies.error(iq, Condition.BAD_REQUEST).orElseThrow();
        stream.write(error.toXml(Stanza.NAMESPACE));
      }
    }
    throw new StreamFault("policy-violation", "too many attempts to bind a resource");
  }

  /** As real servers send it: with neither {@code from} nor {@code to}. */
  private static XmlElement bound(XmlElement iq, Jid jid) {
    return XmlElement.builder("iq", Stanza.NAMESPACE)
        .attribute("type", "result")
        .attribute("id", iq.attribute("id").orElse(null))
        .add(XmlElement.builder("bind", BIND).add("jid", jid.toString()).build())
        .build();
  }
}
