package dev.bobbin.xmpp.testkit;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.stream.Stream;

/**
 * How connections are encrypted.
 *
 * @param startTls whether STARTTLS is offered and demanded
 * @param direct whether there is a port with TLS from the first byte on
 * @param protocols the versions that are spoken
 * @param clientAuthorities who vouches for clients; none not to ask for their certificates
 */
record TlsSettings(
    boolean startTls,
    boolean direct,
    List<String> protocols,
    List<X509Certificate> clientAuthorities) {
  static final TlsSettings DEFAULT =
      new TlsSettings(true, false, List.of("TLSv1.3", "TLSv1.2"), List.of());

  TlsSettings withStartTls(boolean offered) {
    return new TlsSettings(offered, direct, protocols, clientAuthorities);
  }

  TlsSettings withDirect(boolean open) {
    return new TlsSettings(startTls, open, protocols, clientAuthorities);
  }

  /** Versions that are unknown or come twice, and none at all, are refused. */
  TlsSettings withProtocols(List<String> chosen) {
    if (chosen.isEmpty()
        || !DEFAULT.protocols.containsAll(chosen)
        || chosen.stream().distinct().count() < chosen.size()) {
      throw new IllegalArgumentException(
          "The versions of TLS are " + chosen + "; there are: " + DEFAULT.protocols);
    }
    return new TlsSettings(startTls, direct, chosen, clientAuthorities);
  }

  TlsSettings withClientAuthority(X509Certificate further) {
    List<X509Certificate> all =
        Stream.concat(clientAuthorities.stream(), Stream.of(further)).toList();
    return new TlsSettings(startTls, direct, protocols, all);
  }

  /** Whether a certificate is needed at all. */
  boolean isUsed() {
    return startTls || direct;
  }
}
