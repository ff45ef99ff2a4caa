package dev.bobbin.xmpp.core.internal.connection;

import dev.bobbin.xmpp.api.ConnectionException;
import dev.bobbin.xmpp.api.ConnectionException.Reason;
import dev.bobbin.xmpp.api.jid.Jid;
import dev.bobbin.xmpp.api.jid.MalformedJidException;
import dev.bobbin.xmpp.api.stanza.Iq;
import dev.bobbin.xmpp.api.stanza.Stanza;
import dev.bobbin.xmpp.api.stanza.StanzaErrorException;
import dev.bobbin.xmpp.api.xml.XmlElement;
import dev.bobbin.xmpp.core.internal.stream.StreamViolation;
import java.io.IOException;
import java.util.List;
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
  private final String id = new StanzaIds().next();

  ResourceBinding(ConnectionConfig config, Watchdog watchdog) {
    this.config = config;
    this.watchdog = watchdog;
  }

  /** The request as XML, the same each time. */
  String request() {
    XmlElement.Builder bind = XmlElement.builder("bind", BIND);
    if (config.resource() != null) {
      bind.add("resource", config.resource());
    }
    return Iq.set(null, bind.build()).withId(id).element().toXml(Stanza.NAMESPACE);
  }

  /** Throws unless the features of an authenticated stream have it. */
  void requireOffered(XmlElement features) {
    if (features.child("bind", BIND).isEmpty()) {
      throw StreamErrors.protocol("The server offers no resource binding (RFC 6120 section 7)");
    }
  }

  /** Reads the answer to {@link #request}. Blocks. */
  Jid result(NegotiationStream stream) throws IOException, StreamViolation {
    watchdog.step("waiting for the server to bind a resource");
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
    if (reply.type() == Iq.Type.ERROR) {
      throw refused(reply);
    }
    if (reply.type() != Iq.Type.RESULT) {
      throw StreamErrors.protocol(
          "The server answered resource binding with an iq of type " + reply.type().value());
    }
    List<XmlElement> jids =
        reply.payloads().size() == 1 && reply.payloads().get(0).is("bind", BIND)
            ? reply.payloads().get(0).children("jid", BIND)
            : List.of();
    if (jids.size() != 1) {
      throw StreamErrors.protocol(
          "The server bound " + (jids.isEmpty() ? "no JID" : jids.size() + " JIDs") + instead());
    }
    Jid bound = jid(jids.get(0).text());
    if (!config.credentials().permits(bound)) {
      throw StreamErrors.protocol("The server bound " + Remote.text(bound.toString()) + instead());
    }
    requireSender(reply, bound);
    return bound;
  }

  private static ConnectionException refused(Iq reply) {
    StanzaErrorException error = new StanzaErrorException(reply.error().orElseThrow());
    return new ConnectionException(
        Reason.PROTOCOL,
        "The server refused to bind a resource: " + Remote.text(String.valueOf(error.getMessage())),
        error);
  }

  private Jid jid(String text) {
    try {
      return Jid.of(text);
    } catch (MalformedJidException e) {
      throw new ConnectionException(
          Reason.PROTOCOL,
          "The server bound what is no JID" + instead() + ": " + e.getMessage(),
          e);
    }
  }

  /** Nobody else can send to a stream that has no JID yet; a server that says so is confused. */
  private void requireSender(Iq reply, Jid bound) {
    Jid server = Jid.of(null, bound.domain(), null);
    boolean right =
        reply
            .from()
            .map(from -> from.equals(bound) || from.equals(bound.bare()) || from.equals(server))
            .orElse(true);
    if (!right) {
      throw StreamErrors.protocol(
          "The answer to resource binding came from "
              + reply.from().map(from -> Remote.text(from.toString())).orElse("nobody")
              + " and not from the server");
    }
  }

  private String instead() {
    return " instead of a resource of " + config.credentials().account();
  }
}
