package dev.bobbin.store.redis;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.MaintNotificationsConfig;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.SslOptions;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.cluster.ClusterClientOptions;
import io.lettuce.core.cluster.ClusterTopologyRefreshOptions;
import io.lettuce.core.protocol.ProtocolVersion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** What Lettuce is told of how to behave. */
final class LinkOptions {
  private static final Duration REFRESH = Duration.ofSeconds(30);

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

  /** Of sockets, Lettuce's own: TCP's probes each 13 s, so that no firewall forgets a quiet one. */
  <B extends ClientOptions.Builder> B of(B builder) {
    SslOptions.Builder tls =
        SslOptions.builder().jdkSslProvider().handshakeTimeout(settings.connectTimeout());
    if (trust != null) {
      tls.trustManager(trust);
    }
    builder
        .autoReconnect(true)
        .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
        .timeoutOptions(TimeoutOptions.enabled(settings.commandTimeout()))
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

  /** Where nodes are is looked at again now and then, and whenever one is not as expected. */
  ClusterClientOptions.Builder ofCluster(ClusterClientOptions.Builder builder) {
    return of(builder)
        .topologyRefreshOptions(
            ClusterTopologyRefreshOptions.builder().enablePeriodicRefresh(REFRESH).build());
  }
}
