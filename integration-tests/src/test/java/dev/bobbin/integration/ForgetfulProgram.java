package dev.bobbin.integration;

import com.sun.management.HotSpotDiagnosticMXBean;
import dev.bobbin.xmpp.api.jid.Jid;
import dev.bobbin.xmpp.core.PasswordSource;
import dev.bobbin.xmpp.core.XmppClient;
import java.lang.management.ManagementFactory;
import java.nio.CharBuffer;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * A program that logs in by passwords of which it makes one array each, and then writes down all
 * that its heap holds, garbage too. Arguments: port, certificate, and where to write to; then pairs
 * of account and mechanism.
 */
final class ForgetfulProgram {
  private ForgetfulProgram() {}

  public static void main(String[] args) throws Exception {
    char[] kept = password("kept");
    String keptAsText = new String(kept);
    for (int i = 3; i < args.length; i += 2) {
      logIn(Integer.parseInt(args[0]), Path.of(args[1]), args[i], args[i + 1]);
    }
    ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class).dumpHeap(args[2], false);
    if (!keptAsText.contentEquals(CharBuffer.wrap(kept))) {
      throw new AssertionError("both are there until here");
    }
  }

  private static void logIn(int port, Path certificate, String user, String mechanism)
      throws Exception {
    PasswordSource source = () -> password(user);
    try (XmppClient client =
        XmppClient.builder(Jid.of(user + "@example.org"), source)
            .host("127.0.0.1", port)
            .trust(certificate)
            .mechanisms(mechanism)
            .discoverPlugins(false)
            .build()) {
      client.connect().get(20, TimeUnit.SECONDS);
    }
  }

  /** Nobody's password but this user's, so long that it is nowhere by chance. */
  static char[] password(String user) {
    char[] password = new char[24];
    int next = user.hashCode();
    for (int i = 0; i < password.length; i++) {
      next = next * 1_103_515_245 + 12_345;
      password[i] = (char) ('a' + Math.floorMod(next >> 16, 26));
    }
    return password;
  }
}
