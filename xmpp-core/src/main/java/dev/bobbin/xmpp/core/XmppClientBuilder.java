package dev.bobbin.xmpp.core;

import dev.bobbin.xmpp.api.jid.Jid;
import dev.bobbin.xmpp.api.plugin.PluginException;
import dev.bobbin.xmpp.api.plugin.ServiceLocation;
import dev.bobbin.xmpp.api.plugin.Settings;
import dev.bobbin.xmpp.api.plugin.XmppPlugin;
import dev.bobbin.xmpp.core.internal.connection.ConnectionConfig;
import dev.bobbin.xmpp.core.internal.connection.Timeouts;
import dev.bobbin.xmpp.core.internal.dial.Destination;
import dev.bobbin.xmpp.core.internal.dial.Endpoint;
import dev.bobbin.xmpp.core.internal.dial.TrustAnchors;
import dev.bobbin.xmpp.core.internal.plugin.PluginDiscovery;
import dev.bobbin.xmpp.core.internal.sasl.Credentials;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.NoSuchAlgorithmException;
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
  private @Nullable Endpoint endpoint;
  private @Nullable InetSocketAddress nameServer;
  private @Nullable SSLContext tls;
  private @Nullable XmppRuntime runtime;
  private boolean discovering = true;
  private @Nullable ServiceLocation services;
  private InstantSource clock = InstantSource.system();
  private Duration connectTimeout = Duration.ofSeconds(10);
  private Duration stepTimeout = Duration.ofSeconds(10);
  private Duration loginTimeout = Duration.ofSeconds(30);
  private Duration requestTimeout = Duration.ofSeconds(15);
  private Duration stallTimeout = Duration.ofSeconds(30);
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
   * Connects to a given host instead of looking up the SRV records of the JID's domain. The
   * certificate is checked against the domain all the same.
   *
   * @param host a name or an address
   * @param port a TCP port
   * @return this builder
   * @throws IllegalArgumentException when the host is blank, or the port is none
   */
  public XmppClientBuilder host(String host, int port) {
    if (Objects.requireNonNull(host, "host").isBlank()) {
      // The JDK takes an empty name for the local host.
      throw new IllegalArgumentException("a host is a name or an address, not blank");
    }
    if (port < 1 || port > 65535) {
      throw new IllegalArgumentException("a TCP port is a number from 1 to 65535, not " + port);
    }
    this.endpoint = new Endpoint(host, port, false);
    return this;
  }

  /**
   * Asks a given name server for SRV records instead of the system's.
   *
   * @param server its address
   * @return this builder
   */
  public XmppClientBuilder nameServer(InetSocketAddress server) {
    this.nameServer = Objects.requireNonNull(server, "server");
    return this;
  }

  /**
   * Trusts given certificates, and what they sign, instead of the JDK's.
   *
   * @param pemFile certificates in PEM
   * @return this builder
   * @throws IllegalArgumentException when the file cannot be read or holds no certificate
   */
  public XmppClientBuilder trust(Path pemFile) {
    this.tls = TrustAnchors.context(TrustAnchors.read(pemFile));
    return this;
  }

  /**
   * Trusts a given certificate, and what it signs, instead of the JDK's.
   *
   * @param anchor the certificate
   * @return this builder
   */
  public XmppClientBuilder trust(X509Certificate anchor) {
    this.tls = TrustAnchors.context(List.of(anchor));
    return this;
  }

  /**
   * Uses a given TLS context, whose trust managers decide.
   *
   * @param context the context
   * @return this builder
   */
  public XmppClientBuilder tls(SSLContext context) {
    this.tls = Objects.requireNonNull(context, "context");
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
   * @param timeout more than zero
   * @return this builder
   */
  public XmppClientBuilder connectTimeout(Duration timeout) {
    this.connectTimeout = positive(timeout);
    return this;
  }

  /**
   * How long one step of logging in may take; 10 s by default.
   *
   * @param timeout more than zero
   * @return this builder
   */
  public XmppClientBuilder stepTimeout(Duration timeout) {
    this.stepTimeout = positive(timeout);
    return this;
  }

  /**
   * How long connecting and logging in may take as a whole; 30 s by default.
   *
   * @param timeout more than zero
   * @return this builder
   */
  public XmppClientBuilder loginTimeout(Duration timeout) {
    this.loginTimeout = positive(timeout);
    return this;
  }

  /**
   * How long to wait for the answer to a request; 15 s by default.
   *
   * @param timeout more than zero
   * @return this builder
   */
  public XmppClientBuilder requestTimeout(Duration timeout) {
    this.requestTimeout = positive(timeout);
    return this;
  }

  /**
   * How long one write to the network may take before the connection counts as lost; 30 s by
   * default.
   *
   * @param timeout more than zero
   * @return this builder
   */
  public XmppClientBuilder stallTimeout(Duration timeout) {
    this.stallTimeout = positive(timeout);
    return this;
  }

  /**
   * How large a received stanza may be before the stream is ended; 64 KiB by default.
   *
   * @param bytes from 10,000 (RFC 6120 section 13.12) to 16 MiB
   * @return this builder
   */
  public XmppClientBuilder maxStanzaBytes(int bytes) {
    if (bytes < 10_000 || bytes > 16 * 1024 * 1024) {
      throw new IllegalArgumentException(
          "a bound on stanzas is from 10000 bytes to 16 MiB, not " + bytes);
    }
    this.maxStanzaBytes = bytes;
    return this;
  }

  private static Duration positive(Duration timeout) {
    if (timeout.toMillis() < 1 || timeout.toMillis() > Integer.MAX_VALUE) {
      throw new IllegalArgumentException("a time-out is from 1 ms to 24 days, not " + timeout);
    }
    return timeout;
  }

  /**
   * Makes the client and turns its plugins on. May block, as opening a store does. Where the client
   * is packed into one jar with others, the first build of a runtime reads that jar for plugins
   * that its services file does not list, and warns of them.
   *
   * @return a client that is not connected
   * @throws PluginException when a plugin cannot be found, loaded or turned on, or something was
   *     set for one that is neither found nor given
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
        new Destination(address.domain(), endpoint, nameServer),
        tls == null ? defaultTls() : tls,
        new Timeouts(connectTimeout, stepTimeout, loginTimeout, requestTimeout, stallTimeout),
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

  private static SSLContext defaultTls() {
    try {
      return SSLContext.getDefault();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("This JDK has no default TLS context", e);
    }
  }
}
