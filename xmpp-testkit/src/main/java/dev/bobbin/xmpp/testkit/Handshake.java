package dev.bobbin.xmpp.testkit;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/**
 * What a client asked for in a TLS handshake with a {@link LoopbackServer}.
 *
 * @param direct whether it came to the port of direct TLS, and not by STARTTLS
 * @param serverName the host name that it named (SNI, RFC 6066 section 3); empty for none
 * @param applicationProtocols those that it offered, in its order (ALPN, RFC 7301); empty for none.
 *     On direct TLS {@code xmpp-client} is selected; by STARTTLS none is
 * @param version the version that was agreed on, {@code TLSv1.3} or {@code TLSv1.2}
 * @param clientCertificate the certificate that it showed; empty for none
 */
public record Handshake(
    boolean direct,
    Optional<String> serverName,
    List<String> applicationProtocols,
    String version,
    Optional<X509Certificate> clientCertificate) {
  /**
   * Copies the list.
   *
   * @param direct whether it came to the port of direct TLS
   * @param serverName the host name that it named; empty for none
   * @param applicationProtocols those that it offered; empty for none
   * @param version the version that was agreed on
   * @param clientCertificate the certificate that it showed; empty for none
   */
  public Handshake {
    applicationProtocols = List.copyOf(applicationProtocols);
  }
}
