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
  private static final Duration READY = Duration.ofSeconds(90);

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
            place ->
                listening(
                    new ProsodyConfig(settings, place).write(),
                    place.folder().resolve("prosody.log"))));
  }

  /**
   * Starts Prosody and waits until it listens and has all accounts. Its log is asked, not the
   * ports: on a clash, somebody else would accept there.
   *
   * @return null when another program has a port
   */
  static @Nullable ChildProcess listening(Path config, Path log) throws IOException {
    return ChildProcess.start(List.of("prosody", "--config", config.toString(), "-F"), log)
        .orNullUnlessReady(ProsodyConfig.READY, "Failed to open server port ", READY);
  }

  @Override
  public ServerSoftware software() {
    return ServerSoftware.PROSODY;
  }
}
