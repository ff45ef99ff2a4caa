package dev.bobbin.xmpp.core.internal.connection;

import dev.bobbin.xmpp.core.internal.dial.Destination;
import dev.bobbin.xmpp.core.internal.sasl.Credentials;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * What a connection is made with.
 *
 * @param credentials who logs in, and by what
 * @param resource the resource to ask for; null to let the server choose
 * @param destination the way to the server
 * @param tls whom to trust
 * @param timeouts how long to wait for what
 * @param maxStanzaBytes of one stanza received
 */
public record ConnectionConfig(
    Credentials credentials,
    @Nullable String resource,
    Destination destination,
    SSLContext tls,
    Timeouts timeouts,
    int maxStanzaBytes) {}
