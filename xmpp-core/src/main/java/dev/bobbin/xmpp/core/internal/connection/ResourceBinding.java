package dev.bobbin.xmpp.core.internal.connection;

import dev.bobbin.xmpp.api.jid.Jid;
import dev.bobbin.xmpp.api.stanza.Iq;
import dev.bobbin.xmpp.api.stanza.Stanza;
import dev.bobbin.xmpp.api.stanza.StanzaError;
import dev.bobbin.xmpp.api.xml.XmlElement;
import dev.bobbin.xmpp.core.internal.stream.StreamViolation;
import java.io.IOException;
import java.util.Optional;

/**
 * Has the server bind a resource, which makes our full JID (<a
 * href="https://www.rfc-editor.org/rfc/rfc6120#section-7">RFC 6120 section 7</a>). For use by one
 * thread.
 */
final class ResourceBinding {
  private static final String BIND = "urn:ietf:params:xml:ns:xmpp-bind";

  private final ConnectionConfig config;
  private final Watchdog watchdog;

  ResourceBinding(ConnectionConfig config, Watchdog watchdog) {
    this.config = config;
    this.watchdog = watchdog;
  }

  /** Binds a resource on an authenticated stream whose features are these. Blocks. */
  Jid bind(NegotiationStream stream, XmlElement features) throws IOException, StreamViolation {
    if (features.child("bind", BIND).isEmpty()) {
      throw StreamErrors.protocol("The server offers no resource binding (RFC 6120 section 7)");
    }
    watchdog.step("waiting for the server to bind a resource");
    Jid account = config.credentials().account();
    XmlElement.Builder bind = XmlElement.builder("bind", BIND);
    if (config.resource() != null) {
      bind.add("resource", config.resource());
    }
    String id = new StanzaIds().next();
    stream.write(Iq.set(null, bind.build()).withId(id).element().toXml(Stanza.NAMESPACE));
    XmlElement answer = stream.read();
    Iq reply;
    try {
      reply = Iq.parse(answer);
    } catch (IllegalArgumentException e) {
      throw StreamErrors.protocol(
          "The server answered <" + Remote.name(answer) + "/> to resource binding");
    }
    if (!reply.id().equals(Optional.of(id))) {
      throw StreamErrors.protocol("The server answered resource binding with another id");
    }
    if (reply.type() != Iq.Type.RESULT) {
      throw StreamErrors.protocol(
          "The server refused to bind a resource: "
              + reply
                  .error()
                  .map(StanzaError::condition)
                  .map(c -> c.elementName())
                  .orElse("no error"));
    }
    Optional<Jid> bound =
        reply
            .payload()
            .filter(p -> p.is("bind", BIND))
            .flatMap(p -> p.child("jid", BIND))
            .map(jid -> Jid.of(jid.text()));
    if (bound.isEmpty() || !config.credentials().permits(bound.get())) {
      throw StreamErrors.protocol(
          "The server bound "
              + bound.map(Jid::toString).orElse("no JID")
              + " instead of a resource of "
              + account);
    }
    return bound.get();
  }
}
