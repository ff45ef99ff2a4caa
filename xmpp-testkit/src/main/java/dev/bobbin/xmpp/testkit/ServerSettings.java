package dev.bobbin.xmpp.testkit;

import dev.bobbin.xmpp.api.jid.Jid;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the builder of a server collected, checked and complete.
 *
 * @param domain what the server serves
 * @param accounts who may log in
 * @param sasl how they do it
 * @param tls how connections are encrypted
 * @param pipelining whether clients may send ahead, and are told so
 * @param redirect where clients are sent instead; null for nowhere
 * @param gateways who has what is for a domain other than the server's
 * @param interceptor sees what clients send
 * @param maxStanzaBytes the greatest size of one stanza
 * @param maxQueuedBytes how much may wait to be written to one session
 * @param maxConnections how many connections may be open at once
 * @param authenticationTimeout how long a connection may take until a resource is bound
 */
record ServerSettings(
    Jid domain,
    Accounts accounts,
    SaslSettings sasl,
    TlsSettings tls,
    boolean pipelining,
    @Nullable Redirect redirect,
    Map<Jid, Jid> gateways,
    Interceptor interceptor,
    int maxStanzaBytes,
    int maxQueuedBytes,
    int maxConnections,
    Duration authenticationTimeout) {}
