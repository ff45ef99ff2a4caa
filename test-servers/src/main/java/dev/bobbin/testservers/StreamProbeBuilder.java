package dev.bobbin.testservers;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/** Says how a {@link StreamProbe} connects. For use by one thread. */
public final class StreamProbeBuilder {
  private static final int PATIENCE_MILLIS = 10_000;

  private final RealServer server;
  private String domain;
  private boolean directTls;
  private String[] protocols = {};
  private KeyManager @Nullable [] keys;

  StreamProbeBuilder(RealServer server) {
    this.server = server;
    this.domain = server.domain();
  }

  /**
   * Chooses the domain.
   *
   * @param name the domain that the stream is for, and that is named in the handshake
   * @return this builder
   */
  public StreamProbeBuilder domain(String name) {
    domain = name;
    return this;
  }

  /**
   * Begins with TLS at once.
   *
   * @return this builder
   */
  public StreamProbeBuilder directTls() {
    directTls = true;
    return this;
  }

  /**
   * Chooses the only version of TLS.
   *
   * @param protocol such as {@code TLSv1.3}
   * @return this builder
   */
  public StreamProbeBuilder tlsProtocol(String protocol) {
    protocols = new String[] {protocol};
    return this;
  }

  /**
   * Shows a certificate where the server asks for one.
   *
   * @param store the certificate and its key
   * @param password of the key
   * @return this builder
   * @throws GeneralSecurityException when the key cannot be had
   */
  public StreamProbeBuilder clientCertificate(KeyStore store, char[] password)
      throws GeneralSecurityException {
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(store, password);
    keys = factory.getKeyManagers();
    return this;
  }

  /**
   * Connects.
   *
   * @return a connection of which the features are known
   * @throws IOException when that fails; a {@link javax.net.ssl.SSLException} when the server does
   *     not speak that version of TLS
   * @throws AssertionError when the server says something else
   */
  public StreamProbe open() throws IOException {
    String header =
        "<stream:stream xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams'"
            + " version='1.0' to='%s'>".formatted(domain);
    Socket plain = new Socket();
    try {
      int port = directTls ? server.directTlsPort() : server.port();
      plain.connect(new InetSocketAddress(server.address().getAddress(), port), PATIENCE_MILLIS);
      plain.setSoTimeout(PATIENCE_MILLIS);
      if (!directTls) {
        StreamProbe.say(plain, header);
        StreamProbe.hear(plain, "</stream:features>");
        StreamProbe.say(plain, "<starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>");
        StreamProbe.hear(plain, "<proceed xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>");
      }
      SSLSocket tls =
          (SSLSocket) context().getSocketFactory().createSocket(plain, domain, port, true);
      if (protocols.length > 0) {
        tls.setEnabledProtocols(protocols);
      }
      tls.startHandshake();
      return StreamProbe.over(tls, header);
    } catch (IOException | RuntimeException | Error e) {
      plain.close();
      throw e;
    }
  }

  private SSLContext context() throws IOException {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys, new TrustManager[] {new Looking()}, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IOException("There is no TLS in this JVM", e);
    }
  }

  /** A probe looks at certificates, and has no secrets to tell. */
  private static final class Looking implements X509TrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
