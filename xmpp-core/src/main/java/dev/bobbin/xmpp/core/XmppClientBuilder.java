package dev.bobbin.xmpp.core;

import dev.bobbin.xmpp.api.jid.Jid;
import dev.bobbin.xmpp.api.plugin.PluginException;
import dev.bobbin.xmpp.api.plugin.ServiceLocation;
import dev.bobbin.xmpp.api.plugin.Settings;
import dev.bobbin.xmpp.api.plugin.XmppPlugin;
import dev.bobbin.xmpp.core.internal.connection.ConnectionConfig;
import dev.bobbin.xmpp.core.internal.dial.TrustAnchors;
import dev.bobbin.xmpp.core.internal.plugin.PluginDiscovery;
import dev.bobbin.xmpp.core.internal.sasl.Credentials;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Collects what a client is made with; only who logs in, and by what, is needed. For use by one
 * thread.
 *
 * <p>Every plugin that {@link java.util.ServiceLoader} finds is turned on. A plugin given as an
 * instance takes the place of the one of the same name that was found.
 */
public final class XmppClientBuilder {
  private final Jid address;
  private final Map<String, Map<String, String>> settings = new LinkedHashMap<>();
  private final Map<String, XmppPlugin> given = new LinkedHashMap<>();
  private Credentials credentials;
  private final ServerChoice server = new ServerChoice();
  private final TlsChoice tls = new TlsChoice();
  private final TimeoutChoice timeouts = new TimeoutChoice();
  private @Nullable XmppRuntime runtime;
  private boolean discovering = true;
  private @Nullable ServiceLocation services;
  private InstantSource clock = InstantSource.system();
  private int maxStanzaBytes = 64 * 1024;

  private XmppClientBuilder(Jid address, Credentials credentials) {
    this.address = address;
    this.credentials = credentials;
  }

  static XmppClientBuilder of(Jid account, Function<Jid, Credentials> credentials) {
    if (account.local().isEmpty()) {
      throw new IllegalArgumentException(
          "'" + account + "' names no account: a client logs in as local@domain");
    }
    return new XmppClientBuilder(account, credentials.apply(account.bare()));
  }

  static XmppClientBuilder anonymous(Jid domain) {
    if (domain.local().isPresent()) {
      throw new IllegalArgumentException(
          "'" + domain + "' names an account: to log in as nobody takes a domain alone");
    }
    return new XmppClientBuilder(domain, Credentials.anonymous(domain.bare()));
  }

  /**
   * Restricts how the client authenticates. By default a password is used by SCRAM-SHA-512,
   * -SHA-256 and -SHA-1, each bound to TLS where server and JDK can. Of those named, the strongest
   * that the server offers is used, in whatever order they stand: {@code
   * mechanisms("SCRAM-SHA-256-PLUS")} insists on channel binding, and {@code mechanisms("PLAIN")}
   * is what it takes to hand the password itself to the server, over TLS.
   *
   * @param names registered names of SASL mechanisms; those of an earlier call no longer count
   * @return this builder
   * @throws IllegalArgumentException when one is unknown, cannot log in with what the client has,
   *     or none is given
   */
  public XmppClientBuilder mechanisms(String... names) {
    this.credentials = credentials.restrictedTo(List.of(names));
    return this;
  }

  /**
   * Connects to a given host instead of looking up the SRV records of the JID's domain. TLS begins
   * by STARTTLS. The certificate is checked against the domain all the same.
   *
   * @param host a name or an address
   * @param port a TCP port
   * @return this builder
   * @throws IllegalArgumentException when the host is blank, or the port is none
   * @throws IllegalStateException when {@link #directTls} was given
   */
  public XmppClientBuilder host(String host, int port) {
    server.endpoint(host, port, false);
    return this;
  }

  /**
   * Connects to a given host, as {@link #host} does, and begins TLS with the connection (<a
   * href="https://xmpp.org/extensions/xep-0368.html">XEP-0368</a>).
   *
   * @param host a name or an address
   * @param port a TCP port
   * @return this builder
   * @throws IllegalArgumentException when the host is blank, or the port is none
   * @throws IllegalStateException when {@link #host} was given
   */
  public XmppClientBuilder directTls(String host, int port) {
    server.endpoint(host, port, true);
    return this;
  }

  /**
   * Connects by a given proxy: SOCKS, or HTTP with its CONNECT method. The proxy looks the server's
   * host up; the SRV records that name it are looked up from here, unless a host is given. A proxy
   * that wants to know who asks is told what {@link java.net.Authenticator} says; by HTTP in the
   * Basic scheme only, and only where the system property {@code
   * jdk.http.auth.tunneling.disabledSchemes} is set and leaves it out.
   *
   * <p>When none is given, sockets heed the system property {@code socksProxyHost}, as all of the
   * JDK do, and the host is looked up from here; {@link Proxy#NO_PROXY} is for not doing so.
   *
   * @param proxy the proxy
   * @return this builder
   */
  public XmppClientBuilder proxy(Proxy proxy) {
    server.proxy(proxy);
    return this;
  }

  /**
   * Asks a given name server for SRV records instead of the system's.
   *
   * @param address its address
   * @return this builder
   */
  public XmppClientBuilder nameServer(InetSocketAddress address) {
    server.nameServer(address);
    return this;
  }

  /**
   * Trusts given certificates, and what they sign, instead of those that the JDK trusts. What is
   * given by several calls is trusted together.
   *
   * @param pemFile certificates in PEM
   * @return this builder
   * @throws IllegalArgumentException when the file cannot be read or holds no certificate
   */
  public XmppClientBuilder trust(Path pemFile) {
    tls.trust(TrustAnchors.read(pemFile));
    return this;
  }

  /**
   * Trusts a given certificate, and what it signs, instead of those that the JDK trusts. What is
   * given by several calls is trusted together.
   *
   * @param anchor the certificate
   * @return this builder
   */
  public XmppClientBuilder trust(X509Certificate anchor) {
    tls.trust(List.of(anchor));
    return this;
  }

  /**
   * Shows a client certificate to a server that asks for one. It is shown only to a server whose
   * own certificate was accepted.
   *
   * @param store holds the private key and its certificate chain; of several, the handshake chooses
   *     one that the server takes
   * @param keyPassword of the private key; not kept
   * @return this builder
   * @throws IllegalArgumentException when the store holds no private key, or the password is wrong
   */
  public XmppClientBuilder clientCertificate(KeyStore store, char[] keyPassword) {
    tls.clientCertificate(store, keyPassword);
    return this;
  }

  /**
   * Uses a given TLS context, whose trust managers decide whom to trust and whose key managers what
   * to show. Whatever they say, TLS is 1.2 or later, and the certificate has to name the JID's
   * domain; that is checked when the handshake is over, so that a server of another name may have
   * seen the client certificate. {@code SSLContext.getDefault()} is the one that takes the client
   * certificate of the JVM's system properties.
   *
   * @param context the context
   * @return this builder
   */
  public XmppClientBuilder tls(SSLContext context) {
    tls.context(context);
    return this;
  }

  /**
   * Runs on a given runtime, which outlives the client.
   *
   * @param shared the runtime
   * @return this builder
   */
  public XmppClientBuilder runtime(XmppRuntime shared) {
    this.runtime = Objects.requireNonNull(shared, "shared");
    return this;
  }

  /**
   * Turns on a given plugin.
   *
   * @param plugin an instance that serves no other client
   * @return this builder
   * @throws PluginException when one of its name was given already
   */
  public XmppClientBuilder plugin(XmppPlugin plugin) {
    if (given.putIfAbsent(plugin.name(), plugin) != null) {
      throw new PluginException(
          "Two plugins named '"
              + plugin.name()
              + "' were given; leave one out (docs/errors.md#duplicate-plugin)");
    }
    return this;
  }

  /**
   * Whether the plugins that are found are turned on; true by default. When it is false, they can
   * still be turned on by name.
   *
   * @param discover whether they are
   * @return this builder
   */
  public XmppClientBuilder discoverPlugins(boolean discover) {
    this.discovering = discover;
    return this;
  }

  /**
   * Looks for plugins and their stores in a given place, instead of where the client itself is.
   *
   * @param location a class loader or a module layer
   * @return this builder
   */
  public XmppClientBuilder services(ServiceLocation location) {
    this.services = Objects.requireNonNull(location, "location");
    return this;
  }

  /**
   * Sets something for a plugin that is found or given; {@link #build} refuses it for any other.
   *
   * @param plugin its name, such as {@code xep_0231}
   * @param key the key
   * @param value the value
   * @return this builder
   */
  public XmppClientBuilder setting(String plugin, String key, String value) {
    settings.computeIfAbsent(plugin, name -> new LinkedHashMap<>()).put(key, value);
    return this;
  }

  /**
   * Takes the time from a given clock; for tests of expiry.
   *
   * @param source the clock
   * @return this builder
   */
  public XmppClientBuilder clock(InstantSource source) {
    this.clock = Objects.requireNonNull(source, "source");
    return this;
  }

  /**
   * How long one address may take to accept a connection; 10 s by default.
   *
   * @param timeout from 1 ms to 24 days
   * @return this builder
   * @throws IllegalArgumentException when it is not
   */
  public XmppClientBuilder connectTimeout(Duration timeout) {
    timeouts.connect(timeout);
    return this;
  }

  /**
   * How long one step of logging in may take; 10 s by default.
   *
   * @param timeout from 1 ms to 24 days
   * @return this builder
   * @throws IllegalArgumentException when it is not
   */
  public XmppClientBuilder stepTimeout(Duration timeout) {
    timeouts.step(timeout);
    return this;
  }

  /**
   * How long connecting and logging in may take as a whole; 30 s by default.
   *
   * @param timeout from 1 ms to 24 days
   * @return this builder
   * @throws IllegalArgumentException when it is not
   */
  public XmppClientBuilder loginTimeout(Duration timeout) {
    timeouts.login(timeout);
    return this;
  }

  /**
   * How long to wait for the answer to a request; 15 s by default.
   *
   * @param timeout from 1 ms to 24 days
   * @return this builder
   * @throws IllegalArgumentException when it is not
   */
  public XmppClientBuilder requestTimeout(Duration timeout) {
    timeouts.request(timeout);
    return this;
  }

  /**
   * How long one write to the network may take before the connection counts as lost; 30 s by
   * default.
   *
   * @param timeout from 1 ms to 24 days
   * @return this builder
   * @throws IllegalArgumentException when it is not
   */
  public XmppClientBuilder stallTimeout(Duration timeout) {
    timeouts.stall(timeout);
    return this;
  }

  /**
   * How large a received stanza may be before the stream is ended; 64 KiB by default.
   *
   * @param bytes from 10,000 (RFC 6120 section 13.12) to 512 KiB, which is what may be sent as
   *     well; reading what a hostile server sends may take 64 MiB of memory then
   * @return this builder
   */
  public XmppClientBuilder maxStanzaBytes(int bytes) {
    if (bytes < 10_000 || bytes > 512 * 1024) {
      throw new IllegalArgumentException(
          "a bound on stanzas is from 10000 bytes to 512 KiB, not " + bytes);
    }
    this.maxStanzaBytes = bytes;
    return this;
  }

  /**
   * Makes the client and turns its plugins on. May block, as opening a store does. Where the client
   * is packed into one jar with others, the first build of a runtime reads that jar for plugins
   * that its services file does not list, and warns of them.
   *
   * @return a client that is not connected
   * @throws PluginException when a plugin cannot be found, loaded or turned on, or something was
   *     set for one that is neither found nor given
   * @throws IllegalStateException when something that was given would have no effect beside the
   *     rest
   */
  public XmppClient build() {
    XmppRuntime used = runtime == null ? XmppRuntime.create() : runtime;
    XmppClient client = new XmppClient(this, used, runtime == null);
    try {
      Map<String, Supplier<XmppPlugin>> found = PluginDiscovery.find(servicesOn(used));
      Map<String, Supplier<XmppPlugin>> offered = new LinkedHashMap<>(found);
      given.forEach((name, plugin) -> offered.put(name, () -> plugin));
      client.pluginHost().offer(offered);
      given.keySet().forEach(client::enablePlugin);
      if (discovering) {
        used.overlooked().warn(servicesOn(used));
        found.keySet().forEach(client::enablePlugin);
      }
      return client;
    } catch (RuntimeException | Error e) {
      client.close();
      throw e;
    }
  }

  ConnectionConfig config() {
    return new ConnectionConfig(
        credentials,
        address.resource().orElse(null),
        server.destination(address.domain()),
        tls.context(address.domain(), credentials.isByCertificate()),
        timeouts.made(),
        maxStanzaBytes);
  }

  Map<String, Settings> settings() {
    Map<String, Settings> byPlugin = new LinkedHashMap<>();
    settings.forEach((plugin, values) -> byPlugin.put(plugin, Settings.of(plugin, values)));
    return byPlugin;
  }

  ServiceLocation servicesOn(XmppRuntime used) {
    return services == null ? used.overlooked().usual() : services;
  }

  InstantSource clock() {
    return clock;
  }
}
