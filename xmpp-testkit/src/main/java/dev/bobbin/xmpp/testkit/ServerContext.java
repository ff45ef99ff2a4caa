package dev.bobbin.xmpp.testkit;

import java.util.Objects;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;

/**
 * What all connections of one server share.
 *
 * @param settings what the server is like
 * @param tls does the handshakes; null for a server without TLS
 * @param sessions the clients that have bound a resource
 * @param router what stanzas go through
 * @param logins who has logged in, and how
 * @param timer ends what takes too long
 */
record ServerContext(
    ServerSettings settings,
    @Nullable TlsServer tls,
    Sessions sessions,
    Router router,
    Recent<Login> logins,
    ScheduledExecutorService timer) {
  TlsServer requireTls() {
    return Objects.requireNonNull(tls, "tls");
  }
}
