package dev.bobbin.store.redis;

import dev.bobbin.testservers.RedisCluster;
import dev.bobbin.testservers.RedisServer;
import dev.bobbin.testservers.ServerRequirement;
import dev.bobbin.xmpp.api.jid.Jid;
import dev.bobbin.xmpp.api.plugin.Settings;
import dev.bobbin.xmpp.bob.spi.StoreContext;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * A server and a cluster for all tests of a run that leave them as they are. Each is started when
 * it is first wanted, and closed when all tests have run. Tests keep apart by their prefixes.
 */
final class SharedRedis implements AutoCloseable {
  static final String USER = "stickers";
  static final String PASSWORD = "jul13t-and-more";

  /** What docs/store-redis.md says that is needed. */
  private static final String RIGHTS =
      " ~stickers{}* ~test:*{}* +ping +info +set +getrange +del +eval +scan";

  private static final String LOGIN = "user " + USER + " on >" + PASSWORD + RIGHTS;

  private final Once<RedisServer> server = new Once<>(() -> RedisServer.start(LOGIN));
  private final Once<RedisServer> tls = new Once<>(() -> RedisServer.startWithTls(LOGIN));
  private final Once<RedisCluster> cluster = new Once<>(RedisCluster::start);

  /** Starts something when it is first wanted; who wants something else does not wait for that. */
  private static final class Once<T extends AutoCloseable> implements AutoCloseable {
    private final Supplier<T> start;
    private T started;

    Once(Supplier<T> start) {
      this.start = start;
    }

    synchronized T get() {
      ServerRequirement.require("redis");
      if (started == null) {
        started = start.get();
      }
      return started;
    }

    @Override
    public synchronized void close() throws Exception {
      if (started != null) {
        started.close();
      }
    }
  }

  /** Whoever logs in is {@link #USER}, or the default user, who needs no password. */
  RedisServer server() {
    return server.get();
  }

  /** Another one, which speaks TLS as well. */
  RedisServer tlsServer() {
    return tls.get();
  }

  RedisCluster cluster() {
    return cluster.get();
  }

  static String uri(RedisServer server) {
    return "redis://127.0.0.1:" + server.port();
  }

  static String uri(RedisCluster cluster) {
    return cluster.nodes().stream().map(SharedRedis::uri).collect(Collectors.joining(","));
  }

  /** A prefix that no other test has. */
  static String prefix() {
    return "test:" + UUID.randomUUID();
  }

  /** A machine with too much to do is no server that is away. */
  static Map<String, String> settings(String uri) {
    return new HashMap<>(
        Map.of(
            "uri",
            uri,
            "prefix",
            prefix(),
            "connect-timeout-ms",
            "30000",
            "command-timeout-ms",
            "30000"));
  }

  static StoreContext context(String uri, String... more) {
    Map<String, String> settings = settings(uri);
    for (int i = 0; i < more.length; i += 2) {
      settings.put(more[i], more[i + 1]);
    }
    return StoreContext.of(Jid.of("alice@example.org"))
        .withSettings(Settings.of("redis", settings));
  }

  @Override
  public void close() throws Exception {
    try (server;
        tls;
        cluster) {
      // Each is closed, even if another cannot be.
    }
  }

  /** Gives it to whoever has a parameter of its type. */
  static final class Resolver implements ParameterResolver {
    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
      return parameter.getParameter().getType() == SharedRedis.class;
    }

    @Override
    public SharedRedis resolveParameter(ParameterContext parameter, ExtensionContext context) {
      return context
          .getRoot()
          .getStore(ExtensionContext.Namespace.create(SharedRedis.class))
          .getOrComputeIfAbsent(SharedRedis.class, type -> new SharedRedis(), SharedRedis.class);
    }
  }
}
