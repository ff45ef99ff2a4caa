package dev.bobbin.xmpp.core.internal.connection;

import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * Identifiers that nobody can guess, since an answer is known by its id (RFC 6120 section 8.1.3).
 */
final class StanzaIds {
  private static final int BYTES = 12;

  private final SecureRandom random = new SecureRandom();

  String next() {
    byte[] id = new byte[BYTES];
    random.nextBytes(id);
    return HexFormat.of().formatHex(id);
  }
}
