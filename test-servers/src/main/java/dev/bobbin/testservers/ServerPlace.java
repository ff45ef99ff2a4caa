package dev.bobbin.testservers;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Where a server is: its ports, and the files that are its own.
 *
 * @param ports where it listens
 * @param folder where it keeps everything
 * @param authority who signs for it
 * @param certificates by domain
 */
record ServerPlace(
    Ports ports, Path folder, Authority authority, Map<String, ServerCertificate> certificates) {

  /**
   * Ports of 127.0.0.1.
   *
   * @param startTls where a stream begins without TLS
   * @param directTls where TLS begins at once
   */
  record Ports(int startTls, int directTls) {}

  /** Makes the authority and the certificates in a folder. */
  static ServerPlace create(ServerSettings settings, Ports ports, Path folder) throws IOException {
    Authority authority = Authority.create(folder);
    Map<String, ServerCertificate> certificates = new LinkedHashMap<>();
    for (VirtualHost host : settings.hosts()) {
      certificates.put(host.domain(), authority.issue(host.certificate()));
    }
    return new ServerPlace(ports, folder, authority, certificates);
  }

  ServerPlace at(Ports others) {
    return new ServerPlace(others, folder, authority, certificates);
  }

  ServerCertificate certificate(VirtualHost host) {
    ServerCertificate certificate = certificates.get(host.domain());
    if (certificate == null) {
      throw new IllegalStateException("no certificate was made for " + host);
    }
    return certificate;
  }
}
