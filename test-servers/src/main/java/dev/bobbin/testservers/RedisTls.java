package dev.bobbin.testservers;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * How a Redis speaks TLS.
 *
 * @param port where
 * @param authority who signs both certificates
 * @param server what it shows: a certificate for {@code localhost}
 * @param client what a client may show
 */
record RedisTls(int port, Authority authority, ServerCertificate server, ServerCertificate client) {
  /** Makes an authority and certificates, in a folder. */
  static RedisTls create(int port, Path folder) throws IOException {
    Authority authority = Authority.create(folder);
    return new RedisTls(
        port,
        authority,
        authority.issue(CertificateProfile.of("localhost")),
        authority.issue(CertificateProfile.of("client")));
  }

  /** Lines of the configuration; clients are not asked for a certificate. */
  List<String> directives() {
    return List.of(
        "tls-port " + port,
        "tls-auth-clients no",
        "tls-cert-file " + server.certificate(),
        "tls-key-file " + server.key(),
        "tls-ca-cert-file " + authority.certificate());
  }
}
