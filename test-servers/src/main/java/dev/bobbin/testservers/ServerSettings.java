package dev.bobbin.testservers;

import java.util.List;

/**
 * What a server is to be like, whichever software it is.
 *
 * @param hosts the domains that it serves, at least one
 * @param passwords how it keeps them
 * @param tlsProtocol the only version of TLS that it speaks, or an empty text for what the software
 *     chooses
 * @param clientCertificates whether it asks clients for certificates
 * @param rooms whether there are rooms beside the first domain
 * @param captcha the Base64 of a picture that whoever registers is to read; empty where nobody can
 *     register
 */
record ServerSettings(
    List<VirtualHost> hosts,
    Passwords passwords,
    String tlsProtocol,
    boolean clientCertificates,
    boolean rooms,
    String captcha) {

  /** How a server keeps passwords, and so which SCRAM mechanisms it can offer. */
  enum Passwords {
    SHA_1("SHA-1"),
    SHA_256("SHA-256"),
    /** As they are: for every mechanism. */
    PLAIN("");

    private final String hash;

    Passwords(String hash) {
      this.hash = hash;
    }

    String hash() {
      return hash;
    }
  }

  /** The domain of the rooms. */
  String roomsDomain() {
    return "rooms." + hosts.get(0).domain();
  }

  /** Nothing but a domain. */
  static ServerSettings of(VirtualHost host) {
    return new ServerSettings(List.of(host), Passwords.SHA_1, "", false, false, "");
  }
}
