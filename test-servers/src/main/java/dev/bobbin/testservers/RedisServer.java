package dev.bobbin.testservers;

import dev.bobbin.xmpp.api.XmppException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A Redis of one's own: a child process that listens on ports of 127.0.0.1, with everything in a
 * temporary folder. What is installed as a service of the system is left alone.
 *
 * <p>It can be killed and started again on the same port and folder, so that what it had made
 * durable is there again. It ends when it is closed, and also when this JVM ends, even by a kill: a
 * shell beside it watches the pipe from us. Only the temporary folder is then left behind.
 *
 * <p>For one thread, but for {@link #command}.
 */
public final class RedisServer implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final int PORT_ATTEMPTS = 5;
  private static final int HIGHEST_PORT = 55_535;

  /**
   * The watcher ends the group of processes that it is in, which is theirs alone: so it needs no
   * number, which might be another's by then.
   */
  private static final List<String> UNTIL_THE_PIPE_ENDS =
      List.of(
          "setsid",
          "sh",
          "-c",
          "exec 3<&0; { cat >/dev/null; kill -9 0; } <&3 & exec redis-server redis.conf <&- 3<&-");

  private final ServerFolder folder;
  private final int port;
  private final @Nullable RedisTls tls;
  private @Nullable ChildProcess process;

  private RedisServer(ServerFolder folder, int port, @Nullable RedisTls tls) {
    this.folder = folder;
    this.port = port;
    this.tls = tls;
  }

  /**
   * Starts a server that keeps nothing on disk, unless it is told to. Blocks until it accepts
   * connections.
   *
   * @param directives lines of its configuration, such as {@code requirepass r0m30}
   * @return the server
   * @throws XmppException when it cannot be started; the message has the end of its log
   */
  public static RedisServer start(String... directives) {
    return start(false, directives);
  }

  /**
   * Starts a server that speaks TLS on a second port, with a certificate for {@code localhost}.
   *
   * @param directives lines of its configuration
   * @return the server
   * @throws XmppException when it cannot be started; the message has the end of its log
   */
  public static RedisServer startWithTls(String... directives) {
    return start(true, directives);
  }

  private static RedisServer start(boolean tls, String... directives) {
    try {
      for (int i = 0; i < PORT_ATTEMPTS; i++) {
        RedisServer server = create(tls, List.of(directives));
        if (server.runs()) {
          return server;
        }
        server.close();
      }
    } catch (IOException e) {
      throw new XmppException("Cannot start Redis: " + e.getMessage(), e);
    }
    throw new XmppException(
        "Of " + PORT_ATTEMPTS + " free ports, another program took each before Redis");
  }

  private static RedisServer create(boolean withTls, List<String> directives) throws IOException {
    ServerFolder folder = ServerFolder.create("redis");
    try {
      int port = freePort();
      RedisTls tls = withTls ? RedisTls.create(freePort(), folder.path()) : null;
      List<String> lines = new ArrayList<>();
      lines.addAll(List.of("port " + port, "bind 127.0.0.1", "daemonize no", "save \"\""));
      lines.addAll(tls == null ? List.of() : tls.directives());
      lines.addAll(directives);
      Files.write(folder.path().resolve("redis.conf"), lines);
      return new RedisServer(folder, port, tls);
    } catch (IOException | RuntimeException | Error e) {
      folder.close();
      throw e;
    }
  }

  /** A node of a cluster listens 10000 ports above as well. */
  private static int freePort() throws IOException {
    for (int i = 0; i < PORT_ATTEMPTS * 10; i++) {
      try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
        if (socket.getLocalPort() <= HIGHEST_PORT) {
          return socket.getLocalPort();
        }
      }
    }
    throw new IOException("no free port up to " + HIGHEST_PORT + " was given");
  }

  /** Starts the process; false when another one has its port. */
  private boolean runs() throws IOException {
    try {
      process =
          ChildProcess.start(
                  new ProcessBuilder(UNTIL_THE_PIPE_ENDS).directory(folder.path().toFile()),
                  folder.path().resolve("redis.log"))
              .orNullUnlessReady("Ready to accept connections", "Failed listening", PATIENCE);
      return process != null;
    } catch (IOException | RuntimeException | Error e) {
      folder.close();
      throw e;
    }
  }

  /**
   * The port of 127.0.0.1 without TLS.
   *
   * @return a TCP port
   */
  public int port() {
    return port;
  }

  /**
   * The port of 127.0.0.1 with TLS.
   *
   * @return a TCP port
   * @throws NullPointerException when it speaks no TLS
   */
  public int tlsPort() {
    return tls().port();
  }

  private RedisTls tls() {
    return Objects.requireNonNull(tls, "no TLS");
  }

  /**
   * The certificate to trust.
   *
   * @return a PEM file that is there until the server is closed
   * @throws NullPointerException when it speaks no TLS
   */
  public Path certificate() {
    return tls().authority().certificate();
  }

  /**
   * A certificate for a client, which it takes where it is told to ask for one.
   *
   * @return a PEM file that is there until the server is closed
   * @throws NullPointerException when it speaks no TLS
   */
  public Path clientCertificate() {
    return tls().client().certificate();
  }

  /**
   * The key of that certificate.
   *
   * @return a PEM file that is there until the server is closed
   * @throws NullPointerException when it speaks no TLS
   */
  public Path clientKey() {
    return tls().client().key();
  }

  /**
   * Has it do a command, over a connection without a password, and gives the answer. Safe for use
   * by several threads.
   *
   * @param words the command
   * @return the first line of its answer without the sign of its type; of a text, its lines
   * @throws XmppException when it answers with an error
   * @throws UncheckedIOException when it cannot be reached
   */
  public String command(String... words) {
    try (RedisConsole console = RedisConsole.open(port)) {
      return console.command(words);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot ask " + this, e);
    }
  }

  /** Its process while it runs. */
  ProcessHandle process() {
    return Objects.requireNonNull(process, "killed").handle();
  }

  /** Does what the end of this JVM would. */
  void endPipe() throws IOException {
    Objects.requireNonNull(process, "killed").endPipe();
  }

  /** Where it keeps everything. */
  Path folder() {
    return folder.path();
  }

  /** Ends it as a crash does, and waits for that. */
  public void kill() {
    if (process != null) {
      process.kill();
      process = null;
    }
  }

  /**
   * Starts it again after {@link #kill}, on the same port and folder. Blocks until it accepts
   * connections.
   *
   * @throws XmppException when that fails
   */
  public void startAgain() {
    try {
      if (!runs()) {
        throw new XmppException("Another program took port " + port + " meanwhile");
      }
    } catch (IOException e) {
      throw new XmppException("Cannot start Redis again: " + e.getMessage(), e);
    }
  }

  /**
   * Ends it and removes its folder. Idempotent.
   *
   * @throws UncheckedIOException when the folder cannot be removed
   */
  @Override
  public void close() {
    kill();
    try {
      folder.close();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot remove " + folder.path(), e);
    }
  }

  /** What it is and where. */
  @Override
  public String toString() {
    return "Redis on 127.0.0.1:" + port;
  }
}
