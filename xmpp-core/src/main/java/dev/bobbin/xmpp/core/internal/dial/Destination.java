package dev.bobbin.xmpp.core.internal.dial;

import java.net.InetSocketAddress;
import java.net.Proxy;
import org.jspecify.annotations.Nullable;

/**
 * The way to a domain's server.
 *
 * @param domain the domain of the JID, which the certificate has to name
 * @param endpoint where to connect; null to look the domain up
 * @param nameServer which name server to ask; null for the system's
 * @param proxy by which proxy to connect; null for what the JVM's system properties say
 */
public record Destination(
    String domain,
    @Nullable Endpoint endpoint,
    @Nullable InetSocketAddress nameServer,
    @Nullable Proxy proxy) {}
