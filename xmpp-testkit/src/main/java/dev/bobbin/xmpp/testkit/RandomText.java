package dev.bobbin.xmpp.testkit;

import java.security.SecureRandom;
import java.util.HexFormat;

/** Identifiers that cannot be guessed. */
final class RandomText {
  private RandomText() {}

  static byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    new SecureRandom().nextBytes(bytes);
    return bytes;
  }

  static String hex(int bytes) {
    return HexFormat.of().formatHex(bytes(bytes));
  }
}
