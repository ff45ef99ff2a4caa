package dev.bobbin.xmpp.testkit;

import dev.bobbin.xmpp.api.XmppException;
import dev.bobbin.xmpp.api.jid.Jid;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;

/**
 * A key with a self-signed certificate that names the addresses of a client, to log in to a {@link
 * LoopbackServer} with SASL EXTERNAL (<a href="https://xmpp.org/extensions/xep-0178.html">XEP-0178
 * </a>): give its {@link #certificate()} to {@link LoopbackServerBuilder#clientAuthority}.
 * Immutable. For tests only: the key is handed out to whoever asks.
 */
public final class ClientIdentity {
  private final CertifiedKey own;

  private ClientIdentity(CertifiedKey own) {
    this.own = own;
  }

  /**
   * Makes a key and a certificate. Blocks while {@code keytool} works, half a second or so.
   *
   * @param jids the bare JIDs that the certificate names, each as an {@code xmppAddr} (RFC 6120
   *     section 13.7.1.4); none for a certificate without an address
   * @return a new identity
   * @throws dev.bobbin.xmpp.api.jid.MalformedJidException when one is no JID
   * @throws IllegalArgumentException when one is not bare
   * @throws XmppException when {@code keytool} is missing, took more than a minute or refused; the
   *     message says which
   */
  public static ClientIdentity create(String... jids) {
    List<Jid> addresses = Arrays.stream(jids).map(Jid::of).toList();
    for (Jid jid : addresses) {
      if (jid.isFull()) {
        throw new IllegalArgumentException("'" + jid + "' is not bare");
      }
    }
    return new ClientIdentity(
        CertifiedKey.create(
            Keytool.Subject.client(addresses), Path.of(System.getProperty("java.io.tmpdir"))));
  }

  /**
   * The certificate.
   *
   * @return an X.509 certificate, which is its own trust anchor
   */
  public X509Certificate certificate() {
    return own.certificate();
  }

  /**
   * The key of the certificate.
   *
   * @return an EC key
   */
  public PrivateKey privateKey() {
    return own.key();
  }

  /**
   * TLS for a client that shows this certificate, and trusts the certificate of that server and no
   * other.
   *
   * @param server a server with TLS
   * @return a context
   * @throws IllegalStateException when the server is one without TLS
   */
  public SSLContext contextFor(LoopbackServer server) {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keyManagers(), CertifiedKey.trusting(List.of(server.certificate())), null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("This Java runtime cannot do TLS", e);
    } catch (IOException e) {
      throw new IllegalStateException("A key store in memory failed", e);
    }
  }

  /**
   * What shows the certificate in a handshake, for a context with other trust.
   *
   * @return key managers, as {@link SSLContext#init} takes them
   */
  public KeyManager[] keyManagers() {
    try {
      return own.keyManagers();
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException("This Java runtime cannot show a certificate", e);
    }
  }

  /**
   * Writes key and certificate for a client that wants a file.
   *
   * @param file where to write them, in PKCS #12; what is there is replaced
   * @param password of the file and of the key in it
   * @throws IOException when it cannot be written
   */
  public void writeKeyStore(Path file, String password) throws IOException {
    try (OutputStream out = Files.newOutputStream(file)) {
      own.store(password.toCharArray()).store(out, password.toCharArray());
    } catch (GeneralSecurityException e) {
      throw new IOException("The key store cannot be written", e);
    }
  }
}
