package dev.bobbin.testservers;

import dev.bobbin.xmpp.api.XmppException;
import dev.bobbin.xmpp.api.jid.Jid;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * An XMPP server of one's own: a child process that listens on two ports of 127.0.0.1, on one of
 * which it demands STARTTLS while the other one begins with TLS, and keeps everything in a
 * temporary folder.
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
  private static final long POLL_MILLIS = 10;
  private static final Duration LOGGED = Duration.ofSeconds(10);

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
   * The port of 127.0.0.1 on which a stream begins without TLS, and demands STARTTLS.
   *
   * @return a TCP port
   */
  public int port() {
    return started.place().ports().startTls();
  }

  /**
   * The port of 127.0.0.1 on which TLS begins at once (<a
   * href="https://xmpp.org/extensions/xep-0368.html">XEP-0368</a>).
   *
   * @return a TCP port
   */
  public int directTlsPort() {
    return started.place().ports().directTls();
  }

  /**
   * The domain that it serves; the first, where it has more.
   *
   * @return the domain
   */
  public String domain() {
    return main().domain();
  }

  private VirtualHost main() {
    return started.settings().hosts().get(0);
  }

  /**
   * The accounts of that domain that it was started with.
   *
   * @return passwords by local part
   */
  public Map<String, String> accounts() {
    return main().accounts();
  }

  /**
   * The certificate to trust: that of the authority that signed what the server shows, unless a
   * {@link CertificateProfile} says otherwise.
   *
   * @return a PEM file that is there until the server is closed
   */
  public Path certificate() {
    return started.place().authority().certificate();
  }

  /**
   * Makes a certificate for a client, with its key, which a server with {@linkplain
   * RealServerBuilder#clientCertificates() client certificates} trusts where its authority signed
   * it.
   *
   * @param profile what it is like; ejabberd wants its {@link
   *     CertificateProfile.NameKind#XMPP_ADDR} to be the account
   * @param password what the key is kept with
   * @return a key store with this one entry, in memory
   * @throws UncheckedIOException when it cannot be made
   */
  public KeyStore clientCertificate(CertificateProfile profile, char[] password) {
    try {
      return started.place().authority().issue(profile).keyStore(password);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot make a certificate for a client", e);
    }
  }

  /**
   * By which SASL mechanisms an account has logged in so far, as the server logs it; it does so
   * when a client may think itself logged in already. Blocks until the log has so many, 10 seconds
   * at most.
   *
   * @param account the bare JID
   * @param atLeast how many there must be
   * @return names of mechanisms, the earliest first
   * @throws UncheckedIOException when the log cannot be read
   */
  public List<String> loginsOf(Jid account, int atLeast) {
    Pattern accepted =
        Pattern.compile(
            "Accepted c2s ([A-Z0-9-]+) authentication for " + Pattern.quote(account + " by "));
    long deadline = System.nanoTime() + LOGGED.toNanos();
    try {
      while (true) {
        String log = started.process().log().text();
        List<String> logins = accepted.matcher(log).results().map(login -> login.group(1)).toList();
        if (logins.size() >= atLeast || System.nanoTime() - deadline > 0) {
          return logins;
        }
        TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read the log of " + this, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new XmppException("Interrupted while " + this + " was to log logins", e);
    }
  }

  /** Where it keeps everything. */
  Path folder() {
    return started.folder().path();
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
