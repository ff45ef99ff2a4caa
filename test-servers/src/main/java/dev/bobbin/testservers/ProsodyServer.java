package dev.bobbin.testservers;

import dev.bobbin.xmpp.api.XmppException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A <a href="https://prosody.im">Prosody</a> of one's own: a child process that listens on one port
 * of 127.0.0.1, demands STARTTLS, and keeps everything in a temporary folder.
 *
 * <p>Wants {@code apt-get install -y prosody openssl}; see {@link ServerRequirement}. Tried with
 * 0.12. It ends when it is closed, and also when this JVM ends, even by a kill: it watches the pipe
 * from us. Only the temporary folder is then left behind.
 *
 * <p>Thread-safe.
 *
 * <p>What this does not do: talk to other servers, or keep anything.
 */
public final class ProsodyServer implements AutoCloseable {
  private static final int PORT_ATTEMPTS = 5;
  private static final Duration READY = Duration.ofSeconds(20);
  private static final Duration REGISTER = Duration.ofSeconds(20);

  private final String domain;
  private final int port;
  private final ServerCertificate certificate;
  private final ServerFolder folder;
  private final ChildProcess process;

  private ProsodyServer(
      String domain,
      int port,
      ServerCertificate certificate,
      ServerFolder folder,
      ChildProcess process) {
    this.domain = domain;
    this.port = port;
    this.certificate = certificate;
    this.folder = folder;
    this.process = process;
  }

  /**
   * Starts a server with accounts and nothing special. Blocks as {@link
   * ProsodyServerBuilder#start()} does.
   *
   * @param domain the domain that it serves, such as {@code example.org}; nobody looks it up
   * @param accounts passwords by local part
   * @return a server that accepts connections
   * @throws IllegalArgumentException when the domain is no host name or a password is empty
   * @throws dev.bobbin.xmpp.api.jid.MalformedJidException when a local part cannot be one
   * @throws XmppException when it cannot be started
   */
  public static ProsodyServer start(String domain, Map<String, String> accounts) {
    ProsodyServerBuilder builder = builder(domain);
    accounts.forEach(builder::account);
    return builder.start();
  }

  /**
   * Begins a server.
   *
   * @param domain the domain that it serves: letters, digits, hyphens and dots
   * @return a builder
   * @throws IllegalArgumentException when it is no such domain
   */
  public static ProsodyServerBuilder builder(String domain) {
    return new ProsodyServerBuilder(Objects.requireNonNull(domain, "domain"));
  }

  static ProsodyServer start(ProsodyServerBuilder builder) {
    try {
      ServerFolder folder = ServerFolder.create("prosody");
      try {
        return start(builder, folder);
      } catch (IOException | RuntimeException | Error e) {
        folder.close();
        throw e;
      }
    } catch (IOException e) {
      throw new XmppException(
          "Cannot start Prosody: "
              + e.getMessage()
              + ". It wants: apt-get install -y prosody openssl",
          e);
    }
  }

  private static ProsodyServer start(ProsodyServerBuilder builder, ServerFolder folder)
      throws IOException {
    ServerCertificate certificate = ServerCertificate.create(builder.certificateDomain(), folder);
    for (int attempt = 0; attempt < PORT_ATTEMPTS; attempt++) {
      int port = freePort();
      Path config =
          new ProsodyConfig(
                  builder.domain(), port, builder.passwordHash(), certificate, folder.path())
              .write();
      if (attempt == 0) {
        register(builder, config, folder);
      }
      ChildProcess process = listening(config, port, folder.path().resolve("prosody.log"));
      if (process != null) {
        return new ProsodyServer(builder.domain(), port, certificate, folder, process);
      }
    }
    throw new XmppException(
        "Each of " + PORT_ATTEMPTS + " free ports was taken by another program before Prosody");
  }

  /** Passwords are on the command line for a moment: they are those of tests. */
  private static void register(ProsodyServerBuilder builder, Path config, ServerFolder folder)
      throws IOException {
    for (Map.Entry<String, String> account : builder.accounts().entrySet()) {
      ChildProcess.run(
          List.of(
              "prosodyctl",
              "--config",
              config.toString(),
              "register",
              account.getKey(),
              builder.domain(),
              account.getValue()),
          folder.path().resolve("prosodyctl.log"),
          REGISTER);
    }
  }

  /**
   * Starts Prosody and waits until it listens. Its log is asked, not the port: on a clash, somebody
   * else would accept there.
   *
   * @return null when another program has the port
   */
  static @Nullable ChildProcess listening(Path config, int port, Path log) throws IOException {
    ChildProcess process =
        ChildProcess.start(List.of("prosody", "--config", config.toString(), "-F"), log);
    try {
      boolean listens =
          process.awaitLog(
              "Activated service 'c2s' on [127.0.0.1]:" + port,
              "Failed to open server port " + port,
              READY);
      if (listens) {
        return process;
      }
    } catch (IOException | RuntimeException | Error e) {
      process.close();
      throw e;
    }
    process.close();
    return null;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /**
   * Where it listens.
   *
   * @return 127.0.0.1 and the port
   */
  public InetSocketAddress address() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  /**
   * The port of 127.0.0.1 on which it listens.
   *
   * @return a TCP port
   */
  public int port() {
    return port;
  }

  /**
   * The domain that it serves.
   *
   * @return the domain
   */
  public String domain() {
    return domain;
  }

  /**
   * The certificate that it shows: self-signed, and so its own trust anchor.
   *
   * @return a PEM file that is there until the server is closed
   */
  public Path certificate() {
    return certificate.certificate();
  }

  /**
   * The process.
   *
   * @return its handle
   */
  public ProcessHandle process() {
    return process.handle();
  }

  /**
   * Ends it as a crash does: no closing of streams. Waits for that. The server still wants to be
   * closed.
   */
  public void kill() {
    process.kill();
  }

  /**
   * Ends it in good order, or after five seconds without; then removes its folder. Idempotent.
   *
   * @throws UncheckedIOException when the folder cannot be removed
   */
  @Override
  public void close() {
    process.close();
    try {
      folder.close();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot remove " + folder.path(), e);
    }
  }

  /**
   * Domain and address.
   *
   * @return a text for logs
   */
  @Override
  public String toString() {
    return "Prosody of " + domain + " on " + address();
  }
}
