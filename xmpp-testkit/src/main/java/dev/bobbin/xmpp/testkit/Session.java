package dev.bobbin.xmpp.testkit;

import dev.bobbin.xmpp.api.jid.Jid;
import dev.bobbin.xmpp.api.stanza.Stanza;
import dev.bobbin.xmpp.api.xml.XmlElement;

/** One bound resource. Thread-safe. */
final class Session {
  private final Jid jid;
  private final Outbound outbound;
  private final Runnable onOverflow;
  private volatile boolean available;

  Session(Jid jid, Outbound outbound, Runnable onOverflow) {
    this.jid = jid;
    this.outbound = outbound;
    this.onOverflow = onOverflow;
  }

  /** The full JID. */
  Jid jid() {
    return jid;
  }

  /** Whether it has sent presence, and so takes messages to the bare JID. */
  boolean isAvailable() {
    return available;
  }

  void setAvailable(boolean available) {
    this.available = available;
  }

  /** Queues a stanza; a session that cannot take it is ended. Never blocks. */
  void deliver(XmlElement stanza) {
    if (!outbound.send(stanza.toXml(Stanza.NAMESPACE))) {
      onOverflow.run();
    }
  }
}
