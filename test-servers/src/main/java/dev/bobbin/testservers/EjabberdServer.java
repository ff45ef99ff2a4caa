package dev.bobbin.testservers;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An <a href="https://www.ejabberd.im">ejabberd</a> of one's own, without the port mapper (epmd)
 * and the distribution that an Erlang node has as a rule.
 *
 * <p>Wants {@code apt-get install -y ejabberd openssl}; see {@link ServerRequirement}. Tried with
 * 23.01. Runs as whoever starts it, root included, beside a system's ejabberd and unknown to it.
 */
public final class EjabberdServer extends RealServer {
  private static final Duration READY = Duration.ofSeconds(90);

  private EjabberdServer(ServerStart.Started started) {
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
  public static EjabberdServer start(String domain, Map<String, String> accounts) {
    return builder(domain).accounts(accounts).start();
  }

  /**
   * Begins a server.
   *
   * @param domain the domain that it serves: letters, digits, hyphens and dots
   * @return a builder
   * @throws IllegalArgumentException when it is no such domain
   */
  public static RealServerBuilder<EjabberdServer> builder(String domain) {
    return new RealServerBuilder<>(domain, EjabberdServer::start);
  }

  private static EjabberdServer start(ServerSettings settings) {
    return new EjabberdServer(
        ServerStart.run(
            ServerSoftware.EJABBERD,
            settings,
            "ejabberd openssl",
            place -> {
              new EjabberdConfig(settings, place).write();
              return listening(place.folder());
            }));
  }

  /**
   * Starts the ejabberd that is configured in a folder, and waits until it listens. Its log is
   * asked, not the ports: on a clash, somebody else would accept there.
   *
   * @return null when another program has a port
   */
  static @Nullable ChildProcess listening(Path folder) throws IOException {
    return ChildProcess.start(command(folder), folder.resolve("ejabberd.out"))
        .orNullUnlessReady(EjabberdConfig.READY, "Failed to open socket at 127.0.0.1:", READY);
  }

  /**
   * The Erlang that runs it. All paths are relative to its folder, so that none is to be quoted,
   * and it does not wait busily, since tests have few processors.
   */
  private static ProcessBuilder command(Path folder) throws IOException {
    EjabberdInstallation installation = EjabberdInstallation.find();
    String command = "-noshell +sbwt none +sbwtdcpu none +sbwtdio none -mnesia dir \"%s\" -eval";
    List<String> words = new ArrayList<>(List.of(installation.erl()));
    words.addAll(List.of(command.formatted(EjabberdConfig.DATABASE).split(" ")));
    words.add(EjabberdConfig.RUN_START);
    ProcessBuilder builder = new ProcessBuilder(words).directory(folder.toFile());
    Map<String, String> environment = builder.environment();
    // What is meant for the system's own ejabberd, or for other Erlangs.
    environment.keySet().removeIf(name -> name.matches("(ERL|EJABBERD|CONTRIB_MODULES)_.*"));
    environment.put("ERL_LIBS", installation.libraries());
    environment.put("ERL_CRASH_DUMP_BYTES", "0");
    environment.put("EJABBERD_CONFIG_PATH", EjabberdConfig.CONFIG);
    environment.put("EJABBERD_LOG_PATH", EjabberdConfig.LOG);
    // Erlang reads a start-up file there, and ejabberd the modules that a user has added.
    environment.put("HOME", folder.toString());
    return builder;
  }

  @Override
  public ServerSoftware software() {
    return ServerSoftware.EJABBERD;
  }
}
