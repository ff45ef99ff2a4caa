package dev.bobbin.interop;

import dev.bobbin.xmpp.api.jid.Jid;
import dev.bobbin.xmpp.api.xml.XmlElement;
import dev.bobbin.xmpp.testkit.Interceptor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * Rooms of the embedded server, as far as one can talk in them: who comes by presence is an
 * occupant, and what one sends to another goes on under occupants' JIDs (<a
 * href="https://xmpp.org/extensions/xep-0045.html">XEP-0045</a>).
 */
final class EmbeddedRoom implements Interceptor {
  private static final String DOMAIN = "rooms.example.org";

  /** Full JIDs by occupants' JIDs. */
  private final Map<Jid, Jid> occupants = new ConcurrentSkipListMap<>();

  @Override
  public List<XmlElement> route(Jid from, XmlElement stanza) {
    Optional<Jid> to = stanza.attribute("to").map(Jid::of);
    if (to.filter(jid -> jid.domain().equals(DOMAIN)).isEmpty()) {
      return List.of(stanza);
    }
    if (stanza.name().equals("presence")) {
      return presence(from, to.get(), stanza);
    }
    Optional<Jid> sender = occupant(from, to.get().bare());
    if (sender.isEmpty()) {
      return List.of();
    }
    return to.get().isFull()
        ? Optional.ofNullable(occupants.get(to.get())).stream()
            .map(receiver -> addressed(stanza, sender.get(), receiver))
            .toList()
        : toAll(to.get(), addressed(stanza, sender.get(), from));
  }

  private List<XmlElement> presence(Jid from, Jid place, XmlElement stanza) {
    if (stanza.attribute("type").isPresent()) {
      occupants.remove(place);
      return List.of();
    }
    List<XmlElement> seen = new ArrayList<>();
    XmlElement present = XmlElement.of("presence", "jabber:client");
    occupants.forEach(
        (occupant, jid) -> {
          if (occupant.bare().equals(place.bare())) {
            seen.add(addressed(present, occupant, from));
          }
        });
    occupants.put(place, from);
    seen.addAll(toAll(place.bare(), addressed(present, place, from)));
    return seen;
  }

  private Optional<Jid> occupant(Jid jid, Jid room) {
    return occupants.entrySet().stream()
        .filter(each -> each.getValue().equals(jid) && each.getKey().bare().equals(room))
        .map(Map.Entry::getKey)
        .findFirst();
  }

  private List<XmlElement> toAll(Jid room, XmlElement stanza) {
    Jid sender = Jid.of(stanza.attribute("from").orElseThrow());
    return occupants.entrySet().stream()
        .filter(each -> each.getKey().bare().equals(room))
        .map(each -> addressed(stanza, sender, each.getValue()))
        .toList();
  }

  private static XmlElement addressed(XmlElement stanza, Jid from, Jid to) {
    return stanza.toBuilder()
        .attribute("from", from.toString())
        .attribute("to", to.toString())
        .build();
  }
}
