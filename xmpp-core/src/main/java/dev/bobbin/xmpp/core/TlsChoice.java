package dev.bobbin.xmpp.core;

import dev.bobbin.xmpp.core.internal.dial.TlsContexts;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** Which TLS an {@link XmppClientBuilder} was given. For use by one thread. */
final class TlsChoice {
  private final List<X509Certificate> anchors = new ArrayList<>();
  private List<KeyManager> keys = List.of();
  private @Nullable SSLContext given;

  void trust(List<X509Certificate> more) {
    anchors.addAll(more);
  }

  void clientCertificate(KeyStore store, char[] keyPassword) {
    keys =
        TlsContexts.keys(
            Objects.requireNonNull(store, "store"),
            Objects.requireNonNull(keyPassword, "keyPassword"));
  }

  void context(SSLContext context) {
    given = Objects.requireNonNull(context, "context");
  }

  /**
   * The context for a domain. Throws when something that was given has no effect, or when it is to
   * have a client certificate and none was given.
   */
  SSLContext context(String domain, boolean needsCertificate) {
    if (given == null) {
      if (needsCertificate && keys.isEmpty()) {
        throw new IllegalStateException(
            "external(...) has no certificate to log in with: give it one by"
                + " clientCertificate(...), or a context that has one by tls(...)"
                + " (docs/errors.md#no-client-certificate)");
      }
      return TlsContexts.make(domain, anchors, keys);
    }
    if (!anchors.isEmpty() || !keys.isEmpty()) {
      throw new IllegalStateException(
          (anchors.isEmpty() ? "clientCertificate(...)" : "trust(...)")
              + " would have no effect beside tls(...), whose SSLContext decides that; leave out one"
              + " of them (docs/errors.md#no-effect)");
    }
    return given;
  }
}
