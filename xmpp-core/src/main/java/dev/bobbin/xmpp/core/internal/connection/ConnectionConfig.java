package dev.bobbin.xmpp.core.internal.connection;

import dev.bobbin.xmpp.api.jid.Jid;
import dev.bobbin.xmpp.core.internal.dial.Endpoint;
import java.net.InetSocketAddress;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * What a connection is made with.
 *
 * @param account the bare JID that logs in
 * @param resource the resource to ask for; null to let the server choose
 * @param password the password
 * @param endpoint where to connect; null to look the domain up
 * @param nameServer which name server to ask; null for the system's
 * @param tls whom to trust
 * @param connectTimeout for one address to accept a connection
 * @param stepTimeout for one step of logging in
 * @param loginTimeout for all of logging in
 * @param requestTimeout for the answer to a request
 * @param stallTimeout for one write to the network
 * @param maxStanzaBytes of one stanza received
 */
public record ConnectionConfig(
    Jid account,
    @Nullable String resource,
    Password password,
    @Nullable Endpoint endpoint,
    @Nullable InetSocketAddress nameServer,
    SSLContext tls,
    Duration connectTimeout,
    Duration stepTimeout,
    Duration loginTimeout,
    Duration requestTimeout,
    Duration stallTimeout,
    int maxStanzaBytes) {}
