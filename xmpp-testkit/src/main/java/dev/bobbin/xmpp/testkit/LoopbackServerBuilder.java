package dev.bobbin.xmpp.testkit;

import dev.bobbin.xmpp.api.jid.Jid;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Says what a {@link LoopbackServer} is like. For use by one thread; may start several servers.
 *
 * <p>Without further words a server has no accounts, offers STARTTLS, SCRAM-SHA-512, SCRAM-SHA-256
 * and SCRAM-SHA-1, and listens on a free port.
 */
public final class LoopbackServerBuilder {
  /** The least that RFC 6120 section 13.12 allows as the bound of a stanza. */
  private static final int LEAST_STANZA_BYTES = 10_000;

  private static final List<String> REFUSALS =
      List.of("account-disabled", "credentials-expired", "temporary-auth-failure");

  private static final int MAX_PORT = 65_535;

  private final Jid domain;
  private final Map<Jid, String> passwords = new LinkedHashMap<>();
  private final Map<Jid, String> refusals = new LinkedHashMap<>();
  private SaslSettings sasl = SaslSettings.DEFAULT;
  private TlsSettings tls = TlsSettings.DEFAULT;
  private boolean pipelining;
  private @Nullable Redirect redirect;
  private final Map<Jid, Jid> gateways = new LinkedHashMap<>();
  private Interceptor interceptor = (from, stanza) -> List.of(stanza);
  private int maxStanzaBytes = 256 * 1024;
  private int maxQueuedBytes = 8 * 1024 * 1024;
  private int maxConnections = 200;
  private Duration authenticationTimeout = Duration.ofSeconds(30);
  private int port;
  private int directPort;
  private @Nullable ServerIdentity identity;

  LoopbackServerBuilder(String domain) {
    this.domain = Jid.of(domain);
    if (this.domain.local().isPresent()
        || this.domain.isFull()
        || domain.startsWith("[")
        || domain.matches("[0-9.]+")) {
      throw new IllegalArgumentException("'" + this.domain + "' is no host name");
    }
  }

  /**
   * Adds an account. A password beyond ASCII is compared in the form NFKC, which stands in for
   * SASLprep.
   *
   * @param local the local part of its JID
   * @param password its password, not empty
   * @return this builder
   * @throws dev.bobbin.xmpp.api.jid.MalformedJidException when the local part cannot be one
   * @throws IllegalArgumentException when the account is there already or the password is empty
   */
  public LoopbackServerBuilder account(String local, String password) {
    Jid jid = Jid.of(Objects.requireNonNull(local, "local"), domain.domain(), null);
    if (password.isEmpty()) {
      throw new IllegalArgumentException("The password of " + jid + " is empty");
    }
    if (passwords.putIfAbsent(jid, password) != null) {
      throw new IllegalArgumentException("There is an account " + jid + " already");
    }
    return this;
  }

  /**
   * Adds an account that is refused once it has proven who it is, with whatever mechanism.
   *
   * @param local the local part of its JID
   * @param password its password, not empty
   * @param condition {@code account-disabled}, {@code credentials-expired} or {@code
   *     temporary-auth-failure} (<a href="https://www.rfc-editor.org/rfc/rfc6120#section-6.5">RFC
   *     6120 section 6.5</a>)
   * @return this builder
   * @throws dev.bobbin.xmpp.api.jid.MalformedJidException when the local part cannot be one
   * @throws IllegalArgumentException when the account is there already, the password is empty or
   *     the condition another
   */
  public LoopbackServerBuilder refusedAccount(String local, String password, String condition) {
    if (!REFUSALS.contains(condition)) {
      throw new IllegalArgumentException(
          "No account is refused with '" + condition + "'; there are: " + REFUSALS);
    }
    account(local, password);
    refusals.put(Jid.of(local, domain.domain(), null), condition);
    return this;
  }

  /**
   * Chooses what is offered for authentication.
   *
   * @param names of {@code SCRAM-SHA-512}, {@code SCRAM-SHA-256} and {@code SCRAM-SHA-1}, of these
   *     with {@code -PLUS} at their end, {@code PLAIN}, {@code ANONYMOUS} and {@code EXTERNAL}, in
   *     the order in which they are offered; none to offer nothing, for a test of clients that find
   *     no mechanism. One with {@code -PLUS} is offered where the connection has a channel binding
   *     that {@link #channelBindings} allows, {@code EXTERNAL} to clients that have shown a
   *     certificate ({@link #clientAuthority}): it stands for the accounts whose addresses it names
   *     ({@link ClientIdentity})
   * @return this builder
   * @throws IllegalArgumentException when a name is unknown or comes twice
   */
  public LoopbackServerBuilder mechanisms(String... names) {
    sasl = sasl.withMechanisms(SaslMechanism.named(names));
    return this;
  }

  /**
   * Chooses the channel bindings that the {@code -PLUS} mechanisms take.
   *
   * @param types of {@code tls-exporter} (<a href="https://www.rfc-editor.org/rfc/rfc9266">RFC
   *     9266</a>; on TLS 1.3, in a JVM of Java 25 or later) and {@code tls-server-end-point} (<a
   *     href="https://www.rfc-editor.org/rfc/rfc5929#section-4">RFC 5929 section 4</a>); both by
   *     default
   * @return this builder
   * @throws IllegalArgumentException when a type is unknown or comes twice
   */
  public LoopbackServerBuilder channelBindings(String... types) {
    sasl = sasl.withBindings(ChannelBindingType.named(types));
    return this;
  }

  /**
   * Chooses the channel bindings that are listed in the stream features (<a
   * href="https://xmpp.org/extensions/xep-0440.html">XEP-0440</a>), whatever is taken and offered:
   * for a test of clients on servers that list nothing, or the wrong thing. By default those that
   * are taken on the connection are listed, if a {@code -PLUS} mechanism is offered.
   *
   * @param types names of letters, digits, dots and hyphens; none for no list at all
   * @return this builder
   * @throws IllegalArgumentException when one is no such name
   */
  public LoopbackServerBuilder listedChannelBindings(String... types) {
    for (String type : types) {
      if (!type.matches("[A-Za-z0-9.-]+")) {
        throw new IllegalArgumentException("'" + type + "' is no name of a channel binding");
      }
    }
    sasl = sasl.withListed(List.of(types));
    return this;
  }

  /**
   * Does not offer STARTTLS, for a test of clients that demand it. Nobody can log in on that port:
   * it offers no authentication on clear text.
   *
   * @return this builder
   */
  public LoopbackServerBuilder withoutStartTls() {
    tls = tls.withStartTls(false);
    return this;
  }

  /**
   * Listens on a second port, a free one, for direct TLS (<a
   * href="https://xmpp.org/extensions/xep-0368.html">XEP-0368</a>). A client need not offer an
   * application protocol (ALPN); if it does, {@code xmpp-client} has to be among them.
   *
   * @return this builder
   */
  public LoopbackServerBuilder directTls() {
    return directTls(0);
  }

  /**
   * As {@link #directTls()}, on a port of choice.
   *
   * @param newPort the port; 0 for a free one
   * @return this builder
   * @throws IllegalArgumentException when it is negative or above 65,535
   */
  public LoopbackServerBuilder directTls(int newPort) {
    directPort = port(newPort, "directTls");
    tls = tls.withDirect(true);
    return this;
  }

  /**
   * Chooses the versions of TLS that are spoken.
   *
   * @param versions of {@code TLSv1.3} and {@code TLSv1.2}; both by default
   * @return this builder
   * @throws IllegalArgumentException when there is none, or one is unknown or comes twice
   */
  public LoopbackServerBuilder tlsProtocols(String... versions) {
    tls = tls.withProtocols(List.of(versions));
    return this;
  }

  /**
   * Asks clients for a certificate, and takes one that this authority has signed, or that is the
   * authority's own. A client may show none; one that shows another fails in the handshake. To log
   * in with it takes the mechanism {@code EXTERNAL}.
   *
   * @param authority the trust anchor, one more than before
   * @return this builder
   */
  public LoopbackServerBuilder clientAuthority(X509Certificate authority) {
    Objects.requireNonNull(authority, "authority");
    tls = tls.withClientAuthority(authority);
    return this;
  }

  /**
   * Announces that clients may send ahead what they expect to be asked for (<a
   * href="https://xmpp.org/extensions/xep-0305.html">XEP-0305</a>), and takes a TLS handshake that
   * begins right after {@code <starttls/>}. All else is taken from clients that send ahead on any
   * server: {@code <starttls/>} or the authentication with the stream header before it, and the
   * next header and the request to bind with the last response. A header that follows a response
   * that fails ends the stream. {@link LoopbackServer#logins()} says what a client saved.
   *
   * @return this builder
   */
  public LoopbackServerBuilder pipelining() {
    pipelining = true;
    return this;
  }

  /**
   * Sends all clients elsewhere: their first stream, on clear text or on direct TLS, is answered
   * with {@code see-other-host} (<a
   * href="https://www.rfc-editor.org/rfc/rfc6120#section-4.9.3.19">RFC 6120 section 4.9.3.19</a>)
   * instead of features.
   *
   * @param host a host name or an IP address; nobody looks it up
   * @param newPort from 1 to 65,535
   * @return this builder
   * @throws IllegalArgumentException when one of them is none
   */
  public LoopbackServerBuilder redirectTo(String host, int newPort) {
    redirect = Redirect.to(host, newPort, false);
    return this;
  }

  /**
   * As {@link #redirectTo}, but told over TLS alone: with STARTTLS it is the second stream that is
   * answered so.
   *
   * @param host a host name or an IP address; nobody looks it up
   * @param newPort from 1 to 65,535
   * @return this builder
   * @throws IllegalArgumentException when one of them is none
   */
  public LoopbackServerBuilder redirectOverTlsTo(String host, int newPort) {
    redirect = Redirect.to(host, newPort, true);
    return this;
  }

  /**
   * Hands all that is for a domain other than the server's to one client, and lets that client
   * speak for every JID there, as servers do with a component: for a program that hosts many JIDs.
   * While the client is not connected, those JIDs are not there.
   *
   * @param gatewayDomain such as {@code gateway.example.org}
   * @param client the full JID that the client binds
   * @return this builder
   * @throws IllegalArgumentException when the domain is the server's, or the client's JID is bare
   */
  public LoopbackServerBuilder gateway(String gatewayDomain, Jid client) {
    Jid served = Jid.of(null, Jid.of(gatewayDomain).domain(), null);
    if (served.equals(domain)) {
      throw new IllegalArgumentException("'" + served + "' is the server's own domain");
    }
    if (!client.isFull()) {
      throw new IllegalArgumentException("'" + client + "' is bare; name the client's full JID");
    }
    gateways.put(served, client);
    return this;
  }

  /**
   * Lets a test see and change what clients send.
   *
   * @param newInterceptor replaces the one that was set before
   * @return this builder
   */
  public LoopbackServerBuilder intercept(Interceptor newInterceptor) {
    interceptor = Objects.requireNonNull(newInterceptor, "newInterceptor");
    return this;
  }

  /**
   * Bounds the size of one stanza; a larger one ends the stream with {@code policy-violation}.
   *
   * @param bytes from 10,000; 262,144 by default
   * @return this builder
   * @throws IllegalArgumentException when it is less
   */
  public LoopbackServerBuilder maxStanzaBytes(int bytes) {
    maxStanzaBytes = atLeast(LEAST_STANZA_BYTES, bytes, "maxStanzaBytes");
    return this;
  }

  /**
   * Bounds what may wait until a client reads it; a client that lets more wait is disconnected.
   *
   * @param bytes from 10,000; 8,388,608 by default
   * @return this builder
   * @throws IllegalArgumentException when it is less
   */
  public LoopbackServerBuilder maxQueuedBytes(int bytes) {
    maxQueuedBytes = atLeast(LEAST_STANZA_BYTES, bytes, "maxQueuedBytes");
    return this;
  }

  /**
   * Bounds the connections that are open at once; a further one is closed when it is accepted.
   *
   * @param connections from 1; 200 by default
   * @return this builder
   * @throws IllegalArgumentException when it is less
   */
  public LoopbackServerBuilder maxConnections(int connections) {
    maxConnections = atLeast(1, connections, "maxConnections");
    return this;
  }

  /**
   * Bounds the time from accepting a connection until a resource is bound; later it is cut.
   *
   * @param time more than none; 30 seconds by default
   * @return this builder
   * @throws IllegalArgumentException when it is zero or negative
   */
  public LoopbackServerBuilder authenticationTimeout(Duration time) {
    if (time.isNegative() || time.isZero()) {
      throw new IllegalArgumentException("authenticationTimeout is " + time);
    }
    authenticationTimeout = time;
    return this;
  }

  /**
   * Listens on a port of choice, as a server does that was restarted.
   *
   * @param newPort the port; 0, the default, for a free one
   * @return this builder
   * @throws IllegalArgumentException when it is negative or above 65,535
   */
  public LoopbackServerBuilder port(int newPort) {
    port = port(newPort, "port");
    return this;
  }

  /**
   * Shows the certificate of another server instead of a new one, as a server does that was
   * restarted; also saves the time to make one.
   *
   * @param other a server of the same domain, open or closed
   * @return this builder
   * @throws IllegalArgumentException when the domain differs
   * @throws IllegalStateException when the other is one without TLS
   */
  public LoopbackServerBuilder certificateOf(LoopbackServer other) {
    if (!other.domain().equals(domain.domain())) {
      throw new IllegalArgumentException(
          "The certificate is for '" + other.domain() + "', not for '" + domain + "'");
    }
    identity = other.requireIdentity();
    return this;
  }

  /**
   * Starts a server. Blocks while {@code keytool} makes the certificate, half a second or so.
   *
   * @return a server that accepts connections
   * @throws dev.bobbin.xmpp.api.XmppException when the port is taken, or there is no certificate:
   *     {@code keytool} is missing, took more than a minute or refused; the message says which
   */
  public LoopbackServer start() {
    ServerIdentity own = null;
    if (tls.isUsed()) {
      own = identity != null ? identity : ServerIdentity.create(domain);
    }
    ServerSettings settings =
        new ServerSettings(
            domain,
            new Accounts(domain, passwords, refusals),
            sasl,
            tls,
            pipelining,
            redirect,
            Map.copyOf(gateways),
            interceptor,
            maxStanzaBytes,
            maxQueuedBytes,
            maxConnections,
            authenticationTimeout);
    return LoopbackServer.start(
        settings, own, tls.direct() ? Ports.bind(port, directPort) : Ports.bind(port));
  }

  private static int port(int value, String name) {
    if (value < 0 || value > MAX_PORT) {
      throw new IllegalArgumentException(name + " is " + value);
    }
    return value;
  }

  private static int atLeast(int least, int value, String name) {
    if (value < least) {
      throw new IllegalArgumentException(name + " is " + value + ", less than " + least);
    }
    return value;
  }
}
