package dev.bobbin.interop;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.bobbin.testservers.RealServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.Base64;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/**
 * A connection by hand, as far as the SASL mechanisms: what a server offers is not to be asked of
 * the client that is tested on it.
 */
final class StreamProbe implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 10_000;
  private static final int MOST_BYTES = 65_536;
  private static final Pattern MECHANISM = Pattern.compile("<mechanism>([^<]*)</mechanism>");
  private static final Pattern CHALLENGE = Pattern.compile("<challenge [^>]*>([^<]*)</challenge>");
  private static final Pattern ITERATIONS = Pattern.compile(",i=([0-9]+)");

  private final SSLSocket socket;
  private final String features;

  private StreamProbe(SSLSocket socket, String features) {
    this.socket = socket;
    this.features = features;
  }

  /**
   * Connects, with one version of TLS.
   *
   * @throws javax.net.ssl.SSLException when the server does not speak it
   */
  static StreamProbe open(RealServer server, String tlsProtocol) throws Exception {
    Socket plain = new Socket();
    try {
      plain.connect(new InetSocketAddress("127.0.0.1", server.port()), PATIENCE_MILLIS);
      plain.setSoTimeout(PATIENCE_MILLIS);
      String header =
          "<stream:stream xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams'"
              + " version='1.0' to='%s'>".formatted(server.domain());
      say(plain, header);
      hear(plain, "</stream:features>");
      say(plain, "<starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>");
      hear(plain, "<proceed xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>");
      SSLSocket tls =
          (SSLSocket)
              trusting(server)
                  .getSocketFactory()
                  .createSocket(plain, server.domain(), server.port(), true);
      tls.setEnabledProtocols(new String[] {tlsProtocol});
      tls.startHandshake();
      say(tls, header);
      return new StreamProbe(tls, hear(tls, "</stream:features>"));
    } catch (Exception | Error e) {
      plain.close();
      throw e;
    }
  }

  private static SSLContext trusting(RealServer server) throws Exception {
    KeyStore anchors = KeyStore.getInstance(KeyStore.getDefaultType());
    anchors.load(null, null);
    try (var pem = server.certificate().toUri().toURL().openStream()) {
      anchors.setCertificateEntry(
          "server", CertificateFactory.getInstance("X.509").generateCertificate(pem));
    }
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(anchors);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }

  /** The SCRAM mechanisms that the server offers. */
  Set<String> scramMechanisms() {
    Set<String> offered = new TreeSet<>();
    MECHANISM.matcher(features).results().map(found -> found.group(1)).forEach(offered::add);
    offered.removeIf(mechanism -> !mechanism.startsWith("SCRAM-"));
    return offered;
  }

  /** How many iterations the server asks an account for; the log-in ends there. */
  int iterations(String mechanism, String user) throws IOException {
    String first =
        Base64.getEncoder().encodeToString(("n,,n=" + user + ",r=probe").getBytes(UTF_8));
    say(
        socket,
        "<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='%s'>%s</auth>"
            .formatted(mechanism, first));
    String challenge = only(CHALLENGE, hear(socket, "</challenge>"));
    return Integer.parseInt(
        only(ITERATIONS, new String(Base64.getDecoder().decode(challenge), UTF_8)));
  }

  private static String only(Pattern pattern, String text) {
    return pattern
        .matcher(text)
        .results()
        .findFirst()
        .map((MatchResult found) -> found.group(1))
        .orElseThrow(() -> new AssertionError(pattern + " is not in " + text));
  }

  private static void say(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(UTF_8));
    socket.getOutputStream().flush();
  }

  private static String hear(Socket socket, String end) throws IOException {
    ByteArrayOutputStream heard = new ByteArrayOutputStream();
    while (!heard.toString(UTF_8).endsWith(end)) {
      int next = socket.getInputStream().read();
      if (next < 0 || heard.size() > MOST_BYTES) {
        throw new AssertionError("not '" + end + "' but: " + heard.toString(UTF_8));
      }
      heard.write(next);
    }
    return heard.toString(UTF_8);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
