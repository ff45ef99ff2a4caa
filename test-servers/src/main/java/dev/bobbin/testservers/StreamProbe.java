package dev.bobbin.testservers;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSocket;

/**
 * A connection by hand, secured and as far as the SASL mechanisms: what a server shows and offers
 * is not to be asked of the client that is tested on it.
 *
 * <p>For use by one thread. Blocks for ten seconds at most whenever it listens.
 */
public final class StreamProbe implements AutoCloseable {
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
   * Begins a connection to a server, by STARTTLS and for its first domain.
   *
   * @param server the server
   * @return a builder
   */
  public static StreamProbeBuilder to(RealServer server) {
    return new StreamProbeBuilder(server);
  }

  static StreamProbe over(SSLSocket tls, String header) throws IOException {
    say(tls, header);
    return new StreamProbe(tls, hear(tls, "</stream:features>"));
  }

  /**
   * The SASL mechanisms that the server offers.
   *
   * @return their names in order
   */
  public Set<String> mechanisms() {
    Set<String> offered = new TreeSet<>();
    MECHANISM.matcher(features).results().map(found -> found.group(1)).forEach(offered::add);
    return offered;
  }

  /**
   * The certificates that the server shows.
   *
   * @return its own first
   * @throws IOException when it shows none
   */
  public List<X509Certificate> certificates() throws IOException {
    try {
      return Stream.of(socket.getSession().getPeerCertificates())
          .map(X509Certificate.class::cast)
          .toList();
    } catch (SSLPeerUnverifiedException e) {
      throw new IOException("The server shows no certificate", e);
    }
  }

  /**
   * The version of TLS that is spoken.
   *
   * @return such as {@code TLSv1.3}
   */
  public String tlsProtocol() {
    return socket.getSession().getProtocol();
  }

  /**
   * How many iterations the server asks an account for; the log-in ends there.
   *
   * @param mechanism a SCRAM mechanism
   * @param user the account
   * @return the number
   * @throws IOException when the connection breaks
   */
  public int iterations(String mechanism, String user) throws IOException {
    String said = authenticate(mechanism, "n,,n=" + user + ",r=probe");
    String challenge = only(CHALLENGE, said);
    return Integer.parseInt(
        only(ITERATIONS, new String(Base64.getDecoder().decode(challenge), UTF_8)));
  }

  /**
   * Begins to log in.
   *
   * @param mechanism the mechanism
   * @param first its first message
   * @return the server's answer: {@code <challenge/>}, {@code <success/>} or {@code <failure/>}
   * @throws IOException when the connection breaks
   */
  public String authenticate(String mechanism, String first) throws IOException {
    String base64 =
        first.isEmpty() ? "=" : Base64.getEncoder().encodeToString(first.getBytes(UTF_8));
    say(
        socket,
        "<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='%s'>%s</auth>"
            .formatted(mechanism, base64));
    return hear(socket, "</challenge>", "</success>", "</failure>", "xmpp-sasl'/>");
  }

  private static String only(Pattern pattern, String text) {
    return pattern
        .matcher(text)
        .results()
        .findFirst()
        .map((MatchResult found) -> found.group(1))
        .orElseThrow(() -> new AssertionError(pattern + " is not in " + text));
  }

  static void say(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(UTF_8));
    socket.getOutputStream().flush();
  }

  static String hear(Socket socket, String... ends) throws IOException {
    ByteArrayOutputStream heard = new ByteArrayOutputStream();
    while (Stream.of(ends).noneMatch(heard.toString(UTF_8)::endsWith)) {
      int next = socket.getInputStream().read();
      if (next < 0 || heard.size() > MOST_BYTES) {
        throw new AssertionError(
            "none of " + List.of(ends) + " but: '" + heard.toString(UTF_8) + "'");
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
