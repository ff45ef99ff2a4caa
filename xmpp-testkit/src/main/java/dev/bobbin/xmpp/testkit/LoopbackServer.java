package dev.bobbin.xmpp.testkit;

import dev.bobbin.xmpp.api.jid.Jid;
import dev.bobbin.xmpp.api.xml.XmlElement;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * A small XMPP server inside the running JVM, for tests and demonstrations only: real TCP on
 * 127.0.0.1, STARTTLS and direct TLS with a certificate made for it, SCRAM with and without channel
 * binding, if asked for PLAIN, ANONYMOUS and EXTERNAL, and routing between its accounts (<a
 * href="https://www.rfc-editor.org/rfc/rfc6120">RFC 6120</a>, <a
 * href="https://www.rfc-editor.org/rfc/rfc6121">RFC 6121</a>).
 *
 * <p>It answers {@code urn:xmpp:ping}, service discovery of itself and of one's own account, and
 * asks for a roster, which is always empty. Every stanza gets its sender's full JID as {@code
 * from}. A message to a bare JID, or to a resource that is absent, goes to all sessions of the
 * account that have sent presence; what reaches nobody comes back as {@code service-unavailable}.
 * Presence without an addressee goes to the account's own other sessions.
 *
 * <p>Thread-safe. Servers in one JVM share nothing. All threads are daemons.
 *
 * <p>What this does not do: serve anyone but tests (passwords are kept as they are, and nothing is
 * rate-limited); rosters, subscriptions, offline messages, presence priorities; other servers;
 * stream management and compression.
 */
public final class LoopbackServer implements AutoCloseable {
  private static final int PEM_LINE = 64;

  private final Jid domain;
  private final @Nullable ServerIdentity identity;
  private final @Nullable TlsServer tls;
  private final Listener listener;

  private LoopbackServer(
      Jid domain, @Nullable ServerIdentity identity, @Nullable TlsServer tls, Listener listener) {
    this.domain = domain;
    this.identity = identity;
    this.tls = tls;
    this.listener = listener;
  }

  /** Starts what {@link LoopbackServerBuilder} has checked. */
  static LoopbackServer start(
      ServerSettings settings, @Nullable ServerIdentity identity, Ports ports) {
    TlsServer tls = identity == null ? null : new TlsServer(settings.tls(), identity);
    Listener listener = new Listener(settings, tls, ports);
    listener.start();
    return new LoopbackServer(settings.domain(), identity, tls, listener);
  }

  /**
   * Begins a server.
   *
   * @param domain the domain that it serves, a host name such as {@code example.org}; nobody looks
   *     it up
   * @return a builder
   * @throws dev.bobbin.xmpp.api.jid.MalformedJidException when it is no domain
   * @throws IllegalArgumentException when it has a local part or a resource, or is an IP address
   */
  public static LoopbackServerBuilder builder(String domain) {
    return new LoopbackServerBuilder(Objects.requireNonNull(domain, "domain"));
  }

  /**
   * Where it listens.
   *
   * @return 127.0.0.1 and the port; still that after {@link #close()}
   */
  public InetSocketAddress address() {
    return listener.address();
  }

  /**
   * Where it listens for direct TLS (<a href="https://xmpp.org/extensions/xep-0368.html">XEP-0368
   * </a>), on 127.0.0.1: a client begins with its TLS handshake there.
   *
   * @return the port; still that after {@link #close()}
   * @throws IllegalStateException when the server is one without direct TLS
   */
  public int directTlsPort() {
    return listener
        .directAddress()
        .orElseThrow(() -> new IllegalStateException("This server is one without direct TLS"))
        .getPort();
  }

  /**
   * What clients asked for in their TLS handshakes. One that failed is not among them; one that
   * succeeded is before its client gets a stream header.
   *
   * @return the last 1,000 of them, a snapshot, oldest first
   */
  public List<Handshake> handshakes() {
    return tls == null ? List.of() : tls.handshakes();
  }

  /**
   * The domain that it serves.
   *
   * @return the domain in its prepared form
   */
  public String domain() {
    return domain.domain();
  }

  /**
   * The certificate that it shows: self-signed, for {@link #domain()}, and so its own trust anchor.
   *
   * @return the certificate
   * @throws IllegalStateException when the server is one without TLS
   */
  public X509Certificate certificate() {
    return requireIdentity().certificate();
  }

  /**
   * The certificate as text.
   *
   * @return the certificate in PEM (RFC 7468), with a final line feed
   * @throws IllegalStateException when the server is one without TLS
   */
  public String certificatePem() {
    try {
      Base64.Encoder lines =
          Base64.getMimeEncoder(PEM_LINE, "\n".getBytes(StandardCharsets.US_ASCII));
      return "-----BEGIN CERTIFICATE-----\n"
          + lines.encodeToString(certificate().getEncoded())
          + "\n-----END CERTIFICATE-----\n";
    } catch (CertificateEncodingException e) {
      throw new IllegalStateException("A certificate that was read cannot be written", e);
    }
  }

  /**
   * Writes the certificate for a client that wants a file.
   *
   * @param file where to write it, in PEM; what is there is replaced
   * @throws IOException when it cannot be written
   * @throws IllegalStateException when the server is one without TLS
   */
  public void writeCertificate(Path file) throws IOException {
    Files.writeString(file, certificatePem());
  }

  /**
   * TLS for a client that trusts this server's certificate and no other. The client still has to
   * check that the certificate is for {@link #domain()}.
   *
   * @return a context without a client certificate
   * @throws IllegalStateException when the server is one without TLS
   */
  public SSLContext clientContext() {
    return requireIdentity().clientContext();
  }

  /**
   * The clients that have bound a resource.
   *
   * @return their full JIDs, a snapshot; a client is in it before it learns that it is bound
   */
  public Set<Jid> sessions() {
    return listener.sessions().jids();
  }

  /**
   * How clients have logged in. A client is among them before it learns that it is bound.
   *
   * @return the last 1,000 of them, a snapshot, oldest first
   */
  public List<Login> logins() {
    return listener.logins().list();
  }

  /**
   * Cuts all connections at once, without a word on the stream or in TLS. The server goes on: to
   * connect again is possible. On return {@link #sessions()} has none of those that were cut.
   */
  public void disconnectAll() {
    listener.abortAll();
  }

  /**
   * Ends the streams of all clients that have bound a resource with a stream error (<a
   * href="https://www.rfc-editor.org/rfc/rfc6120#section-4.9">RFC 6120 section 4.9</a>). The server
   * goes on: to connect again is possible. A client that does not close its side is cut after two
   * seconds. On return {@link #sessions()} has none of those that were ended.
   *
   * @param condition the error's condition, such as {@code conflict} or {@code not-authorized}
   * @param text what is said of it
   * @throws IllegalArgumentException when the condition is no name in lower case, or the text holds
   *     what XML cannot
   */
  public void endStreams(String condition, String text) {
    if (!condition.matches("[a-z]+(-[a-z]+)*")) {
      throw new IllegalArgumentException("'" + condition + "' is no condition of a stream error");
    }
    XmlElement.of("text", "").toBuilder().text(text).build();
    listener.endStreams(new StreamFault(condition, text));
  }

  /**
   * Ends all streams with {@code system-shutdown} and stops listening. Waits for the threads, four
   * seconds or so at most when clients do not read. Idempotent; a second call returns at once.
   */
  @Override
  public void close() {
    listener.close();
  }

  /**
   * Domain and address.
   *
   * @return a text for logs
   */
  @Override
  public String toString() {
    return "LoopbackServer of " + domain + " on " + address();
  }

  ServerIdentity requireIdentity() {
    if (identity == null) {
      throw new IllegalStateException("A server without TLS has no certificate");
    }
    return identity;
  }
}
