package dev.bobbin.xmpp.core.internal.dial;

import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * The way to a domain's server.
 *
 * @param domain the domain of the JID, which the certificate has to name
 * @param endpoint where to connect; null to look the domain up
 * @param nameServer which name server to ask; null for the system's
 */
public record Destination(
    String domain, @Nullable Endpoint endpoint, @Nullable InetSocketAddress nameServer) {}
