package dev.bobbin.testservers;

import java.util.Map;

/**
 * What a server is to be like, whichever software it is.
 *
 * @param domain the domain that it serves
 * @param accounts passwords by local part
 * @param certificateDomain what its certificate is for
 * @param passwords how it keeps them
 * @param tlsProtocol the only version of TLS that it speaks, or an empty text for what the software
 *     chooses
 */
record ServerSettings(
    String domain,
    Map<String, String> accounts,
    String certificateDomain,
    Passwords passwords,
    String tlsProtocol) {

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
}
