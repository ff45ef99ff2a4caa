package dev.bobbin.xmpp.testkit;

import dev.bobbin.xmpp.api.jid.Jid;
import dev.bobbin.xmpp.api.jid.MalformedJidException;
import dev.bobbin.xmpp.api.stanza.Stanza;
import dev.bobbin.xmpp.api.stanza.StanzaError.Condition;
import dev.bobbin.xmpp.api.xml.XmlElement;
import java.util.List;
import java.util.Optional;

/**
 * Brings stanzas to the sessions of one server (RFC 6121 section 8, without a roster and without
 * offline storage). Thread-safe; never blocks but in the interceptor.
 */
final class Router {
  private final Jid domain;
  private final Sessions sessions;
  private final Interceptor interceptor;

  Router(Jid domain, Sessions sessions, Interceptor interceptor) {
    this.domain = domain;
    this.sessions = sessions;
    this.interceptor = interceptor;
  }

  /** Takes what a client sent. */
  void submit(Session sender, XmlElement stanza) throws StreamFault {
    requireStanza(stanza);
    XmlElement stamped = stanza.toBuilder().attribute("from", from(sender, stanza)).build();
    for (XmlElement each : interceptor.route(sender.jid(), stamped)) {
      if (!each.namespace().equals(Stanza.NAMESPACE) || each.attribute("from").isEmpty()) {
        throw new IllegalArgumentException("The interceptor gave " + each + " without 'from'");
      }
      route(each, each.equals(stamped));
    }
  }

  /** Who is given what is for a JID may speak for it; whatever else is named there is replaced. */
  private String from(Session sender, XmlElement stanza) {
    try {
      return stanza
          .attribute("from")
          .map(Jid::of)
          .filter(named -> sessions.find(named).filter(sender::equals).isPresent())
          .orElse(sender.jid())
          .toString();
    } catch (MalformedJidException e) {
      return sender.jid().toString();
    }
  }

  private static void requireStanza(XmlElement stanza) throws StreamFault {
    boolean named = List.of("iq", "message", "presence").contains(stanza.name());
    if (named && !stanza.namespace().equals(Stanza.NAMESPACE)) {
      throw new StreamFault("invalid-namespace", "a stanza is not in " + Stanza.NAMESPACE);
    }
    if (!named || !stanza.namespace().equals(Stanza.NAMESPACE)) {
      throw new StreamFault("unsupported-stanza-type", "an element of the stream is no stanza");
    }
  }

  private void route(XmlElement stanza, boolean asSent) {
    Jid from = Jid.of(stanza.attribute("from").orElseThrow());
    Optional<Jid> to;
    try {
      to = stanza.attribute("to").map(Jid::of);
    } catch (MalformedJidException e) {
      refuse(stanza, Condition.JID_MALFORMED);
      return;
    }
    switch (stanza.name()) {
      case "iq" -> iq(stanza, from, to, asSent);
      case "message" -> message(stanza, to.orElse(from.bare()));
      case "presence" -> presence(stanza, from, to);
      default -> throw new IllegalArgumentException("The interceptor gave " + stanza);
    }
  }

  /** What a client of ours sent is checked; a test may have us pass on anything. */
  private void iq(XmlElement iq, Jid from, Optional<Jid> to, boolean asSent) {
    Optional<Session> addressee = to.flatMap(sessions::find);
    if (!asSent && addressee.isPresent()) {
      addressee.get().deliver(iq);
      return;
    }
    boolean request;
    switch (iq.attribute("type").orElse("")) {
      case "get", "set" -> request = true;
      case "result", "error" -> request = false;
      default -> {
        refuse(iq, Condition.BAD_REQUEST);
        return;
      }
    }
    if (request && (iq.attribute("id").isEmpty() || iq.children().size() != 1)) {
      refuse(iq, Condition.BAD_REQUEST);
      return;
    }
    boolean account = to.isEmpty() || to.get().equals(from.bare());
    if (account || to.get().equals(domain)) {
      if (request) {
        DomainService.answer(iq, account).ifPresent(this::answer);
      }
      return;
    }
    if (addressee.isPresent()) {
      addressee.get().deliver(iq);
    } else {
      refuse(iq, absence(to.get()));
    }
  }

  private void message(XmlElement message, Jid to) {
    Optional<Session> exact = sessions.find(to);
    if (exact.isPresent()) {
      exact.get().deliver(message);
      return;
    }
    // An error that missed its session would puzzle the account's other sessions.
    boolean error = message.attribute("type").orElse("").equals("error");
    List<Session> available = error ? List.of() : sessions.available(to.bare());
    available.forEach(session -> session.deliver(message));
    if (available.isEmpty()) {
      refuse(message, absence(to));
    }
  }

  private void presence(XmlElement presence, Jid from, Optional<Jid> to) {
    if (to.isPresent()) {
      Optional<Session> exact = sessions.find(to.get());
      List<Session> receivers =
          exact.isPresent() || to.get().isFull()
              ? exact.stream().toList()
              : sessions.available(to.get());
      receivers.forEach(session -> session.deliver(presence));
      return;
    }
    String type = presence.attribute("type").orElse("available");
    if (type.equals("available") || type.equals("unavailable")) {
      sessions
          .find(from)
          .filter(own -> own.jid().equals(from))
          .ifPresent(own -> own.setAvailable(type.equals("available")));
      sessions.broadcast(from, presence);
    }
  }

  private Condition absence(Jid to) {
    return to.domain().equals(domain.domain())
        ? Condition.SERVICE_UNAVAILABLE
        : Condition.REMOTE_SERVER_NOT_FOUND;
  }

  /** Presence that cannot be delivered is dropped. */
  private void refuse(XmlElement stanza, Condition condition) {
    if (!stanza.name().equals("presence")) {
      Replies.error(stanza, condition).ifPresent(this::answer);
    }
  }

  private void answer(XmlElement reply) {
    reply
        .attribute("to")
        .map(Jid::of)
        .flatMap(sessions::find)
        .ifPresent(session -> session.deliver(reply));
  }
}
