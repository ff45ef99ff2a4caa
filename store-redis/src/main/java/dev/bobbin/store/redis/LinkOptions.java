package dev.bobbin.store.redis;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.MaintNotificationsConfig;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.SslOptions;
import io.lettuce.core.SslVerifyMode;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.cluster.ClusterClientOptions;
import io.lettuce.core.cluster.ClusterTopologyRefreshOptions;
import io.lettuce.core.cluster.models.partitions.RedisClusterNode;
import io.lettuce.core.cluster.models.partitions.RedisClusterNode.NodeFlag;
import io.lettuce.core.metrics.CommandLatencyRecorder;
import io.lettuce.core.protocol.ProtocolVersion;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.Delay;
import io.lettuce.core.resource.NettyCustomizer;
import io.netty.channel.Channel;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** What Lettuce is told of how to behave. */
final class LinkOptions {
  private static final Duration REFRESH = Duration.ofSeconds(30);
  private static final Duration MOST_OFTEN = Duration.ofSeconds(1);
  private static final int IO_THREADS = 2;
  private static final int COMPUTATION_THREADS = 2;
  private static final Duration SOONEST = Duration.ofMillis(50);
  private static final Duration LATEST = Duration.ofSeconds(5);

  private final RedisSettings settings;
  private final @Nullable TrustManagerFactory trust;

  private LinkOptions(RedisSettings settings, @Nullable TrustManagerFactory trust) {
    this.settings = settings;
    this.trust = trust;
  }

  /** Reads the file with certificates. */
  static LinkOptions of(RedisSettings settings) throws IOException {
    Path pem = settings.trust();
    return new LinkOptions(settings, pem == null ? null : read(pem));
  }

  private static TrustManagerFactory read(Path pem) throws IOException {
    try (InputStream in = Files.newInputStream(pem)) {
      KeyStore authorities = KeyStore.getInstance("PKCS12");
      authorities.load(null, null);
      int number = 0;
      for (Certificate each : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
        authorities.setCertificateEntry("authority-" + ++number, each);
      }
      if (number == 0) {
        throw new IOException("it holds no certificate");
      }
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init(authorities);
      return factory;
    } catch (IOException | GeneralSecurityException e) {
      throw Problems.unreadable(RedisSettings.TRUST, pem, e);
    }
  }

  /** Threads, and what is the same for all connections. */
  ClientResources resources(Consumer<String> warn) {
    return ClientResources.builder()
        .nettyCustomizer(guarded(settings.commandTimeout(), warn))
        .ioThreadPoolSize(IO_THREADS)
        .computationThreadPoolSize(COMPUTATION_THREADS)
        .commandLatencyRecorder(CommandLatencyRecorder.disabled())
        .reconnectDelay(
            Delay.fullJitter(SOONEST, LATEST, SOONEST.toMillis(), TimeUnit.MILLISECONDS))
        .build();
  }

  private static NettyCustomizer guarded(Duration bound, Consumer<String> warn) {
    return new NettyCustomizer() {
      @Override
      public void afterChannelInitialized(Channel channel) {
        channel.pipeline().addLast(new AnswerGuard(bound, warn));
      }
    };
  }

  /** Where a server is, and who we are there. */
  RedisURI uri(ServerAddress server) {
    RedisURI.Builder uri =
        RedisURI.builder()
            .withHost(server.host())
            .withPort(server.port())
            .withDatabase(server.database())
            .withSsl(server.tls())
            .withVerifyPeer(SslVerifyMode.FULL)
            .withTimeout(settings.commandTimeout());
    Login login = settings.login();
    if (login != null && login.username() != null) {
      uri.withAuthentication(login.username(), login.password());
    } else if (login != null) {
      uri.withPassword(login.password());
    }
    return uri.build();
  }

  /** Of sockets, Lettuce's own: TCP's probes each 13 s, so that no firewall forgets a quiet one. */
  <B extends ClientOptions.Builder> B of(B builder) {
    SslOptions.Builder tls =
        SslOptions.builder().jdkSslProvider().handshakeTimeout(settings.connectTimeout());
    if (trust != null) {
      tls.trustManager(trust);
    }
    ClientCertificate shown = settings.certificate();
    if (shown != null) {
      tls.keyManager(shown.chain().toFile(), shown.key().toFile(), new char[0]);
    }
    builder
        .autoReconnect(true)
        .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
        // Lettuce would give up the waiting alone, and keep the command: AnswerGuard ends both.
        .timeoutOptions(TimeoutOptions.create())
        // The newer protocol logs in by a command that an old server repeats in its error.
        .protocolVersion(ProtocolVersion.RESP2)
        .maintNotificationsConfig(MaintNotificationsConfig.disabled())
        .socketOptions(
            SocketOptions.builder()
                .connectTimeout(settings.connectTimeout())
                .tcpNoDelay(true)
                .build())
        .sslOptions(tls.build());
    return builder;
  }

  /**
   * Where nodes are is looked at again now and then, and whenever one is not as expected, but not
   * more often than once a second.
   *
   * <p>A primary that has died stays listed, as one that has failed and has no slots any more,
   * until an administrator has the others forget it. Nobody needs it, and whoever asked all
   * primaries would wait for it.
   */
  ClusterClientOptions.Builder ofCluster(ClusterClientOptions.Builder builder) {
    return of(builder)
        .nodeFilter(node -> !isGone(node))
        .topologyRefreshOptions(
            ClusterTopologyRefreshOptions.builder()
                .enablePeriodicRefresh(REFRESH)
                .adaptiveRefreshTriggersTimeout(MOST_OFTEN)
                .build());
  }

  private static boolean isGone(RedisClusterNode node) {
    return node.is(NodeFlag.NOADDR) || node.is(NodeFlag.FAIL) && node.getSlots().isEmpty();
  }
}
