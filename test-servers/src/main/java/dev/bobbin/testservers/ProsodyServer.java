package dev.bobbin.testservers;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A <a href="https://prosody.im">Prosody</a> of one's own.
 *
 * <p>Wants {@code apt-get install -y prosody openssl}; see {@link ServerRequirement}. Tried with
 * 0.12.
 */
public final class ProsodyServer extends RealServer {
  private static final Duration READY = Duration.ofSeconds(20);
  private static final Duration REGISTER = Duration.ofSeconds(20);

  private ProsodyServer(ServerStart.Started started) {
    super(started);
  }

  /**
   * Starts a server with accounts and nothing special. Blocks as {@link RealServerBuilder#start()}
   * does.
   *
   * @param domain the domain that it serves, such as {@code example.org}; nobody looks it up
   * @param accounts passwords by local part
   * @return a server that accepts connections
   * @throws IllegalArgumentException when the domain is no host name or a password is empty
   * @throws dev.bobbin.xmpp.api.jid.MalformedJidException when a local part cannot be one
   * @throws dev.bobbin.xmpp.api.XmppException when it cannot be started
   */
  public static ProsodyServer start(String domain, Map<String, String> accounts) {
    return builder(domain).accounts(accounts).start();
  }

  /**
   * Begins a server.
   *
   * @param domain the domain that it serves: letters, digits, hyphens and dots
   * @return a builder
   * @throws IllegalArgumentException when it is no such domain
   */
  public static RealServerBuilder<ProsodyServer> builder(String domain) {
    return new RealServerBuilder<>(domain, ProsodyServer::start);
  }

  private static ProsodyServer start(ServerSettings settings) {
    return new ProsodyServer(
        ServerStart.run(
            ServerSoftware.PROSODY,
            settings,
            "prosody openssl",
            (port, certificate, folder, attempt) -> {
              Path config = new ProsodyConfig(settings, port, certificate, folder.path()).write();
              if (attempt == 0) {
                register(settings, config, folder);
              }
              return listening(config, port, folder.path().resolve("prosody.log"));
            }));
  }

  /** Passwords are on the command line for a moment: they are those of tests. */
  private static void register(ServerSettings settings, Path config, ServerFolder folder)
      throws IOException {
    for (Map.Entry<String, String> account : settings.accounts().entrySet()) {
      ChildProcess.run(
          List.of(
              "prosodyctl",
              "--config",
              config.toString(),
              "register",
              account.getKey(),
              settings.domain(),
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
    return ChildProcess.start(List.of("prosody", "--config", config.toString(), "-F"), log)
        .orNullUnlessReady(
            "Activated service 'c2s' on [127.0.0.1]:" + port,
            "Failed to open server port " + port,
            READY);
  }

  @Override
  public ServerSoftware software() {
    return ServerSoftware.PROSODY;
  }
}
