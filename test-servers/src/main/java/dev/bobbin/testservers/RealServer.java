package dev.bobbin.testservers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Map;

/**
 * An XMPP server of one's own: a child process that listens on one port of 127.0.0.1, demands
 * STARTTLS, and keeps everything in a temporary folder.
 *
 * <p>It ends when it is closed, and also when this JVM ends, even by a kill: it watches the pipe
 * from us. Only the temporary folder is then left behind.
 *
 * <p>Thread-safe.
 *
 * <p>What this does not do: talk to other servers, or keep anything.
 */
public abstract sealed class RealServer implements AutoCloseable
    permits EjabberdServer, ProsodyServer {
  private final ServerStart.Started started;

  RealServer(ServerStart.Started started) {
    this.started = started;
  }

  /**
   * Which software it is.
   *
   * @return the software
   */
  public abstract ServerSoftware software();

  /**
   * Where it listens.
   *
   * @return 127.0.0.1 and the port
   */
  public InetSocketAddress address() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port());
  }

  /**
   * The port of 127.0.0.1 on which it listens.
   *
   * @return a TCP port
   */
  public int port() {
    return started.port();
  }

  /**
   * The domain that it serves.
   *
   * @return the domain
   */
  public String domain() {
    return started.settings().domain();
  }

  /**
   * The accounts that it was started with.
   *
   * @return passwords by local part
   */
  public Map<String, String> accounts() {
    return started.settings().accounts();
  }

  /**
   * The certificate that it shows: self-signed, and so its own trust anchor.
   *
   * @return a PEM file that is there until the server is closed
   */
  public Path certificate() {
    return started.certificate().certificate();
  }

  /**
   * The process.
   *
   * @return its handle
   */
  public ProcessHandle process() {
    return started.process().handle();
  }

  /**
   * Ends it as a crash does: no closing of streams. Waits for that. The server still wants to be
   * closed.
   */
  public void kill() {
    started.process().kill();
  }

  /**
   * Ends it in good order, or after five seconds without; then removes its folder. Idempotent.
   *
   * @throws UncheckedIOException when the folder cannot be removed
   */
  @Override
  public void close() {
    started.process().close();
    try {
      started.folder().close();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot remove " + started.folder().path(), e);
    }
  }

  /**
   * Software, domain and address.
   *
   * @return a text for logs
   */
  @Override
  public String toString() {
    return software() + " of " + domain() + " on " + address();
  }
}
