package dev.bobbin.xmpp.testkit;

import dev.bobbin.xmpp.api.XmppException;
import dev.bobbin.xmpp.api.jid.Jid;
import java.io.IOException;
import java.net.IDN;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The JDK's {@code keytool} as a child process: no public API of the JDK makes a certificate, and
 * the tool comes with {@code java.base}.
 */
final class Keytool {
  static final String ALIAS = "own";

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

  /**
   * Whom a certificate is for.
   *
   * @param name what messages call it
   * @param commonName the common name in its subject
   * @param extension the one extension, as {@code -ext} takes it; empty for none
   */
  record Subject(String name, String commonName, String extension) {
    static Subject host(String host) {
      return new Subject(host, "Loopback server for tests", "SAN=dns:" + IDN.toASCII(host));
    }

    static Subject client(List<Jid> addresses) {
      String der = HexFormat.ofDelimiter(":").formatHex(XmppAddresses.extension(addresses));
      return new Subject(
          addresses.toString(),
          "Loopback client for tests",
          addresses.isEmpty() ? "" : "2.5.29.17=" + der);
    }
  }

  /** Makes a key store with an EC key and its certificate. */
  void generate(Path keys, Path log, String password, Subject subject) throws IOException {
    if (!Files.isExecutable(program)) {
      throw new XmppException(
          "Cannot make a certificate: there is no '"
              + program
              + "'. Run on a JDK or JRE that has keytool, or without TLS"
              + " (docs/errors.md#no-keytool)");
    }
    List<String> arguments =
        new ArrayList<>(
            List.of(
                program.toString(),
                "-genkeypair",
                "-noprompt",
                "-alias",
                ALIAS,
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-sigalg",
                "SHA256withECDSA",
                "-dname",
                "CN=" + subject.commonName(),
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
    if (!subject.extension().isEmpty()) {
      arguments.addAll(List.of("-ext", subject.extension()));
    }
    ProcessBuilder command = new ProcessBuilder(arguments);
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
              + subject.name()
              + "': keytool said: "
              + said.substring(0, Math.min(LOG_CHARS, said.length())));
    }
  }
}
