package dev.bobbin.xmpp.testkit;

import dev.bobbin.xmpp.api.jid.Jid;
import dev.bobbin.xmpp.api.jid.MalformedJidException;
import dev.bobbin.xmpp.api.stanza.Stanza;
import dev.bobbin.xmpp.api.xml.XmlElement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The bound sessions of one server by full JID. Thread-safe. */
final class Sessions {
  private final ConcurrentMap<Jid, Session> byJid = new ConcurrentHashMap<>();
  private final Map<Jid, Jid> gateways;

  /**
   * Makes it without a session.
   *
   * @param gateways whose session has what is for a domain; both full JIDs and domains are those of
   *     {@link LoopbackServerBuilder#gateway}
   */
  Sessions(Map<Jid, Jid> gateways) {
    this.gateways = gateways;
  }

  /**
   * Binds a resource: the wanted one, that with a suffix if another session has it, or one of the
   * server's making (RFC 6120 section 7).
   *
   * @param welcome makes the session with the answer already in its queue, so that no stanza of
   *     another client can come before it
   * @throws MalformedJidException when the wanted resource is none
   */
  synchronized Session bind(Jid account, Optional<String> wanted, Function<Jid, Session> welcome) {
    Jid jid = account.withResource(wanted.orElseGet(() -> RandomText.hex(8)));
    Jid free = jid;
    while (byJid.containsKey(free)) {
      free = suffixed(jid);
    }
    Session session = welcome.apply(free);
    byJid.put(free, session);
    return session;
  }

  private static Jid suffixed(Jid jid) {
    try {
      return jid.withResource(jid.resource().orElse("") + '-' + RandomText.hex(4));
    } catch (MalformedJidException e) {
      // The wanted one is as long as a resource may be.
      return jid.withResource(RandomText.hex(8));
    }
  }

  /** Takes a session away, and tells the account's others if it was available. */
  void unbind(Session session) {
    if (byJid.remove(session.jid(), session) && session.isAvailable()) {
      XmlElement gone =
          XmlElement.builder("presence", Stanza.NAMESPACE)
              .attribute("type", "unavailable")
              .attribute("from", session.jid().toString())
              .build();
      broadcast(session.jid(), gone);
    }
  }

  Optional<Session> find(Jid jid) {
    @Nullable Jid gateway = gateways.get(Jid.of(null, jid.domain(), null));
    return Optional.ofNullable(byJid.get(gateway == null ? jid : gateway));
  }

  List<Session> available(Jid account) {
    return byJid.values().stream()
        .filter(session -> session.isAvailable() && session.jid().bare().equals(account))
        .toList();
  }

  /** Tells presence to the available sessions of its account but its own. */
  void broadcast(Jid from, XmlElement presence) {
    for (Session other : available(from.bare())) {
      if (!other.jid().equals(from)) {
        other.deliver(presence.toBuilder().attribute("to", other.jid().toString()).build());
      }
    }
  }

  Set<Jid> jids() {
    return Set.copyOf(byJid.keySet());
  }
}
