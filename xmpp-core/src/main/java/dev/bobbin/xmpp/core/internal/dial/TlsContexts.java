package dev.bobbin.xmpp.core.internal.dial;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/** The TLS of clients that were given none: whom it trusts, and as whom it shows itself. */
public final class TlsContexts {
  private TlsContexts() {}

  /**
   * Makes a TLS context for one domain; what it trusts has to name that domain.
   *
   * @param domain the domain of a JID
   * @param anchors whom to trust, and what they sign; when empty, whom the JDK trusts
   * @param keys what to show to a server that asks for a client certificate; may be empty
   * @return the context
   */
  public static SSLContext make(
      String domain, List<X509Certificate> anchors, List<KeyManager> keys) {
    try {
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(anchors.isEmpty() ? null : store(anchors));
      TrustManager[] managers =
          Arrays.stream(trust.getTrustManagers())
              .map(
                  manager ->
                      manager instanceof X509ExtendedTrustManager jdk
                          ? new ServerTrust(jdk, domain)
                          : manager)
              .toArray(TrustManager[]::new);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys.isEmpty() ? null : keys.toArray(KeyManager[]::new), managers, null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("This JDK cannot make a TLS context", e);
    }
  }

  private static KeyStore store(List<X509Certificate> anchors)
      throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    for (int i = 0; i < anchors.size(); i++) {
      store.setCertificateEntry("anchor-" + i, anchors.get(i));
    }
    return store;
  }

  /**
   * Takes the keys of client certificates out of a store.
   *
   * @param store holds a private key at least
   * @param password of its keys; not kept
   * @return the keys, of which a handshake chooses
   * @throws IllegalArgumentException when the store has no private key or the password is not its
   *     keys'
   */
  public static List<KeyManager> keys(KeyStore store, char[] password) {
    try {
      boolean found = false;
      for (String alias : Collections.list(store.aliases())) {
        found |= store.entryInstanceOf(alias, KeyStore.PrivateKeyEntry.class);
      }
      if (!found) {
        throw new IllegalArgumentException(
            "the key store holds no private key with its certificate; it has "
                + store.size()
                + " other entries");
      }
      KeyManagerFactory keys =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(store, password);
      return List.of(keys.getKeyManagers());
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException(
          "the key store's private key cannot be taken out with that password: " + e.getMessage(),
          e);
    }
  }
}
