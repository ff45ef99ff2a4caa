package dev.bobbin.store.redis;

import dev.bobbin.xmpp.api.plugin.Settings;
import io.netty.handler.ssl.SslContextBuilder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The certificate that we show to Redis, and its key, as PEM files. They are read again for each
 * connection, so that they can be renewed in their places.
 *
 * @param chain the certificate, and after it those of intermediate authorities
 * @param key its private key, as PKCS #8, without a password
 */
record ClientCertificate(Path chain, Path key) {
  /** Null where none is shown. */
  static @Nullable ClientCertificate of(Settings given) throws IOException {
    Optional<String> chain = given.text(RedisSettings.CERTIFICATE);
    Optional<String> key = given.text(RedisSettings.CERTIFICATE_KEY);
    if (chain.isEmpty() && key.isEmpty()) {
      return null;
    }
    if (chain.isEmpty() || key.isEmpty()) {
      throw new IllegalArgumentException(
          "Of the settings 'certificate' and 'certificate-key' of redis, one is set and the other"
              + " is not; set both (docs/errors.md#bad-setting)");
    }
    ClientCertificate certificate =
        new ClientCertificate(
            RedisSettings.absolute(RedisSettings.CERTIFICATE, chain.get()),
            RedisSettings.absolute(RedisSettings.CERTIFICATE_KEY, key.get()));
    certificate.requireReadable();
    return certificate;
  }

  private void requireReadable() throws IOException {
    try {
      SslContextBuilder.forClient().keyManager(chain.toFile(), key.toFile());
    } catch (IllegalArgumentException e) {
      throw Problems.unreadable(
          RedisSettings.CERTIFICATE + "' or '" + RedisSettings.CERTIFICATE_KEY, chain, e);
    }
  }
}
