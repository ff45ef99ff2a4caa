package dev.bobbin.xmpp.testkit;

import dev.bobbin.xmpp.api.jid.Jid;
import dev.bobbin.xmpp.api.xml.XmlElement;
import java.util.List;

/**
 * Sees each stanza that a client of a {@link LoopbackServer} sends, before the server acts on it,
 * and says what the server gets instead: to lose, delay, damage, repeat or answer stanzas in a
 * test.
 *
 * <p>Runs on the thread that reads the sender's connection, so on several threads at once for
 * several senders; while it blocks, further stanzas of that sender wait.
 */
@FunctionalInterface
public interface Interceptor {
  /**
   * Takes one stanza.
   *
   * @param from the sender's full JID
   * @param stanza an {@code iq}, {@code message} or {@code presence}, whose {@code from} is the
   *     sender's whatever the client wrote there, or one that it is {@link
   *     LoopbackServerBuilder#gateway gateway} for; its other parts are not checked yet
   * @return the stanzas to act on in its place, in this order: the same one to let it pass, none to
   *     drop it, one to the sender to answer it. Each needs a {@code from}, which is kept as it is.
   *     An {@code iq} to a full JID that is connected is delivered as it is, be it malformed. An
   *     exception, or what is no stanza, ends the sender's stream with {@code
   *     internal-server-error}
   */
  List<XmlElement> route(Jid from, XmlElement stanza);
}
