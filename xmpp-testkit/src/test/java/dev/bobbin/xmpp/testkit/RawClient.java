package dev.bobbin.xmpp.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;

/** A client that sends and compares literal text, and knows no XML. */
final class RawClient implements AutoCloseable {
  static final String OPEN =
      "<?xml version='1.0'?><stream:stream to='example.org' version='1.0'"
          + " xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams'>";
  static final String BOUND_FEATURES =
      "<bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'/>"
          + "<session xmlns='urn:ietf:params:xml:ns:xmpp-session'><optional/></session>";

  private static final String TLS = "xmlns='urn:ietf:params:xml:ns:xmpp-tls'";
  private static final int TIMEOUT_MILLIS = 20_000;
  private static final Pattern HEADER =
      Pattern.compile(
          "<\\?xml version='1.0'\\?><stream:stream xmlns='jabber:client'"
              + " xmlns:stream='http://etherx.jabber.org/streams' id='[0-9a-f]{16}'"
              + " from='example.org' version='1.0' xml:lang='en'>");

  private final LoopbackServer server;
  private final Socket socket;
  private Socket current;
  private String jid = "";

  RawClient(LoopbackServer server) throws IOException {
    this(server, new Socket());
  }

  RawClient(LoopbackServer server, Socket socket) throws IOException {
    this(server, socket, server.address());
  }

  private RawClient(LoopbackServer server, Socket socket, InetSocketAddress address)
      throws IOException {
    this.server = server;
    this.socket = socket;
    this.current = socket;
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(TIMEOUT_MILLIS);
    socket.connect(address, TIMEOUT_MILLIS);
  }

  /** Connects to the port of direct TLS, and says nothing there. */
  static RawClient onDirectPort(LoopbackServer server) throws IOException {
    return new RawClient(
        server,
        new Socket(),
        new InetSocketAddress(server.address().getAddress(), server.directTlsPort()));
  }

  /** Connects to the port of direct TLS, and goes on until the handshake is done. */
  static RawClient direct(LoopbackServer server, SSLContext context, String... alpn)
      throws IOException {
    RawClient client = onDirectPort(server);
    SSLParameters parameters = new SSLParameters();
    parameters.setApplicationProtocols(alpn);
    client.handshake(context, parameters);
    return client;
  }

  /** Connects, and goes on until the server has offered mechanisms over TLS. */
  static RawClient secured(LoopbackServer server) throws IOException {
    RawClient client = new RawClient(server);
    client.open();
    client.startTls();
    client.open();
    return client;
  }

  /** Connects, logs in with SCRAM-SHA-256, binds the resource and is ready for stanzas. */
  static RawClient bound(LoopbackServer server, String user, String password, String resource)
      throws IOException {
    RawClient client = secured(server);
    client.logIn("SCRAM-SHA-256", user, password);
    client.bind(resource);
    return client;
  }

  void send(String xml) throws IOException {
    send(xml.getBytes(StandardCharsets.UTF_8));
  }

  void send(byte[] bytes) throws IOException {
    OutputStream out = current.getOutputStream();
    out.write(bytes);
    out.flush();
  }

  void sendByteByByte(String xml) throws IOException {
    for (byte b : xml.getBytes(StandardCharsets.UTF_8)) {
      send(new byte[] {b});
    }
  }

  /** Opens a stream and gives what is between the features' tags. */
  String open() throws IOException {
    send(OPEN);
    receiveHeader();
    expect("<stream:features>");
    String features = receiveThrough("</stream:features>");
    return features.substring(0, features.length() - "</stream:features>".length());
  }

  void receiveHeader() throws IOException {
    assertThat(receiveThrough("?>") + receiveThrough(">")).matches(HEADER);
  }

  /** Over TLS of these versions, or of those that are the JVM's default. */
  void startTls(String... protocols) throws IOException {
    SSLParameters parameters = new SSLParameters();
    if (protocols.length > 0) {
      parameters.setProtocols(protocols);
    }
    startTls(server.clientContext(), parameters);
  }

  void startTls(SSLContext context, SSLParameters parameters) throws IOException {
    send("<starttls " + TLS + "/>");
    expect("<proceed " + TLS + "/>");
    handshake(context, parameters);
  }

  /** Names the domain, and checks that the certificate is for it. */
  void handshake(SSLContext context, SSLParameters parameters) throws IOException {
    SSLSocket tls =
        (SSLSocket)
            context
                .getSocketFactory()
                .createSocket(socket, server.domain(), socket.getPort(), true);
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    tls.setSSLParameters(parameters);
    tls.startHandshake();
    current = tls;
  }

  /** Authenticates, proves the server's signature and restarts the stream. */
  void logIn(String mechanism, String user, String password) throws IOException {
    logIn(mechanism, new ScramClient(mechanism, user, password));
  }

  void logIn(String mechanism, ScramClient scram) throws IOException {
    send(auth(mechanism, scram.first()));
    send(response(scram.last(challenge())));
    expect(
        "<success xmlns='urn:ietf:params:xml:ns:xmpp-sasl'>"
            + ScramClient.base64(scram.expectedSignature())
            + "</success>");
    assertThat(open()).isEqualTo(BOUND_FEATURES);
  }

  static String auth(String mechanism, String message) {
    return "<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='"
        + mechanism
        + "'>"
        + ScramClient.base64(message)
        + "</auth>";
  }

  static String response(String message) {
    return "<response xmlns='urn:ietf:params:xml:ns:xmpp-sasl'>"
        + ScramClient.base64(message)
        + "</response>";
  }

  static String failure(String condition) {
    return "<failure xmlns='urn:ietf:params:xml:ns:xmpp-sasl'><" + condition + "/></failure>";
  }

  static String failure(String condition, String text) {
    return "<failure xmlns='urn:ietf:params:xml:ns:xmpp-sasl'><"
        + condition
        + "/><text xml:lang='en'>"
        + text
        + "</text></failure>";
  }

  String selectedAlpn() {
    return ((SSLSocket) current).getApplicationProtocol();
  }

  SSLSession session() {
    return ((SSLSocket) current).getSession();
  }

  /** What RFC 9266 binds to, by the API of Java 25. */
  byte[] exported() throws ReflectiveOperationException {
    return (byte[])
        ExtendedSSLSession.class
            .getMethod("exportKeyingMaterialData", String.class, byte[].class, int.class)
            .invoke(session(), "EXPORTER-Channel-Binding", new byte[0], 32);
  }

  String challenge() throws IOException {
    expect("<challenge xmlns='urn:ietf:params:xml:ns:xmpp-sasl'>");
    String text = receiveThrough("</challenge>");
    return ScramClient.unbase64(text.substring(0, text.length() - "</challenge>".length()));
  }

  /** Binds a resource, or one of the server's making when it is empty, and gives the full JID. */
  String bind(String resource) throws IOException {
    String wanted = resource.isEmpty() ? "" : "<resource>" + resource + "</resource>";
    send(
        "<iq type='set' id='b1'><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'>"
            + wanted
            + "</bind></iq>");
    String answer = receiveThrough("</iq>");
    Matcher matcher =
        Pattern.compile(
                "<iq type='result' id='b1'><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'>"
                    + "<jid>([^<]+)</jid></bind></iq>")
            .matcher(answer);
    assertThat(matcher.matches()).as(answer).isTrue();
    jid = matcher.group(1);
    return jid;
  }

  int localPort() {
    return socket.getLocalPort();
  }

  String jid() {
    return jid;
  }

  /** Sends presence and waits until the server has it. */
  void becomeAvailable() throws IOException {
    send("<presence/>");
    ping();
  }

  /** Waits until the server has acted on all that was sent; nothing else may arrive before. */
  void ping() throws IOException {
    send("<iq type='get' id='sync'><ping xmlns='urn:xmpp:ping'/></iq>");
    expect("<iq type='result' id='sync' to='" + jid + "'/>");
  }

  /** Expects just these bytes next; stops reading at the first that differs. */
  void expect(String xml) throws IOException {
    StringBuilder received = new StringBuilder();
    boolean same = true;
    while (same && received.length() < xml.length()) {
      char c = one(received);
      same = c == xml.charAt(received.length());
      received.append(c);
    }
    assertThat(received.toString()).isEqualTo(xml);
  }

  /** As {@link #expect}, of text that need not be ASCII. */
  void expectUtf8(String xml) throws IOException {
    byte[] bytes = xml.getBytes(StandardCharsets.UTF_8);
    expect(new String(bytes, StandardCharsets.ISO_8859_1));
  }

  String receiveThrough(String end) throws IOException {
    StringBuilder received = new StringBuilder();
    while (received.length() < end.length()
        || received.indexOf(end, received.length() - end.length()) < 0) {
      received.append(one(received));
    }
    return received.toString();
  }

  private char one(StringBuilder before) throws IOException {
    int b = current.getInputStream().read();
    assertThat(b).as("the stream ended after: %s", before).isNotNegative();
    return (char) b;
  }

  /** Expects a stream error and then the end of stream and connection. */
  void expectStreamError(String condition) throws IOException {
    String start =
        "<stream:error><" + condition + " xmlns='urn:ietf:params:xml:ns:xmpp-streams'/><text";
    expect(start);
    receiveThrough("</text></stream:error>");
    expectEnd();
  }

  /** As {@link #expectStreamError}, literally. */
  void expectStreamError(String condition, String text) throws IOException {
    expect(
        "<stream:error>"
            + condition
            + "<text xmlns='urn:ietf:params:xml:ns:xmpp-streams' xml:lang='en'>"
            + text
            + "</text></stream:error>");
    expectEnd();
  }

  /** Expects a stream error in answer to a header, or to what came instead. */
  void expectHeaderAndStreamError(String condition) throws IOException {
    receiveHeader();
    expectStreamError(condition);
  }

  void expectEnd() throws IOException {
    expect("</stream:stream>");
    expectClosed();
  }

  void expectClosed() throws IOException {
    assertThat(current.getInputStream().read()).isNegative();
  }

  String readToEnd() throws IOException {
    return new String(current.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  /** Whether the connection has ended, in whatever way. Waits for it. */
  boolean isCut() {
    try {
      InputStream in = current.getInputStream();
      return in.read() < 0;
    } catch (SocketTimeoutException e) {
      return false;
    } catch (IOException e) {
      return true;
    }
  }

  /** As {@link #isCut}, whatever else arrives before. */
  boolean isCutAfterAll() {
    try {
      readToEnd();
      return true;
    } catch (SocketTimeoutException e) {
      return false;
    } catch (IOException e) {
      return true;
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
