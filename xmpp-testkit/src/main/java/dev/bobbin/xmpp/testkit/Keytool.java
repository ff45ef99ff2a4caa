package dev.bobbin.xmpp.testkit;

import dev.bobbin.xmpp.api.XmppException;
import java.io.IOException;
import java.net.IDN;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The JDK's {@code keytool} as a child process: no public API of the JDK makes a certificate, and
 * the tool comes with {@code java.base}.
 */
final class Keytool {
  private static final int SECONDS = 60;
  private static final int LOG_CHARS = 500;
  private static final String PASSWORD = "BOBBIN_KEYTOOL_PASSWORD";

  private final Path program;

  Keytool() {
    this(Path.of(System.getProperty("java.home"), "bin"));
  }

  Keytool(Path binaries) {
    Path windows = binaries.resolve("keytool.exe");
    program = Files.exists(windows) ? windows : binaries.resolve("keytool");
  }

  /** Makes a key store with an EC key and its certificate, whose only name is the host's. */
  void generate(Path keys, Path log, String alias, String password, String host)
      throws IOException {
    if (!Files.isExecutable(program)) {
      throw new XmppException(
          "Cannot make a certificate: there is no '"
              + program
              + "'. Run on a JDK or JRE that has keytool, or without STARTTLS"
              + " (docs/errors.md#no-keytool)");
    }
    ProcessBuilder command =
        new ProcessBuilder(
            List.of(
                program.toString(),
                "-genkeypair",
                "-noprompt",
                "-alias",
                alias,
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-sigalg",
                "SHA256withECDSA",
                "-dname",
                "CN=Loopback server for tests",
                "-ext",
                "SAN=dns:" + IDN.toASCII(host),
                "-startdate",
                "-1d",
                "-validity",
                "3650",
                "-storetype",
                "PKCS12",
                "-keystore",
                keys.toString(),
                // A password among the arguments could be read by other users of the machine.
                "-storepass:env",
                PASSWORD));
    command.environment().put(PASSWORD, password);
    command.redirectErrorStream(true).redirectOutput(log.toFile());
    Process process = command.start();
    try {
      process.getOutputStream().close();
      if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
        throw new XmppException(
            "Cannot make a certificate: '" + program + "' took more than " + SECONDS + " seconds");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new XmppException("Cannot make a certificate: interrupted while keytool ran", e);
    } finally {
      process.destroyForcibly();
    }
    if (process.exitValue() != 0) {
      String said = new String(Files.readAllBytes(log), StandardCharsets.UTF_8).strip();
      throw new XmppException(
          "Cannot make a certificate for '"
              + host
              + "': keytool said: "
              + said.substring(0, Math.min(LOG_CHARS, said.length())));
    }
  }
}
