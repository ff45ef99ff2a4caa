package dev.bobbin.xmpp.testkit;

import dev.bobbin.xmpp.api.jid.Jid;
import java.util.Optional;

/**
 * How a client has logged in to a {@link LoopbackServer}, from its first byte until a resource was
 * bound.
 *
 * @param jid the full JID that it got
 * @param direct whether it came to the port of direct TLS, and not by STARTTLS
 * @param mechanism the SASL mechanism that it authenticated with
 * @param channelBinding the type of channel binding that it used; empty for none
 * @param turnarounds how often the server said something while nothing more of the client's had
 *     arrived, and then had to wait: the round trips of the stream. Those of TCP and within the TLS
 *     handshake are not counted; the wait for a handshake that follows {@code <proceed/>} is. With
 *     SCRAM these are six with STARTTLS and four with direct TLS, and two and one for a client that
 *     sends ahead all that it can (<a
 *     href="https://xmpp.org/extensions/xep-0305.html">XEP-0305</a>). A client that sends in
 *     several writes what belongs together may be counted once more for each
 */
public record Login(
    Jid jid, boolean direct, String mechanism, Optional<String> channelBinding, int turnarounds) {}
