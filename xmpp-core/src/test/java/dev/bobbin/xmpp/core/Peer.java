package dev.bobbin.xmpp.core;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** A server's end of one connection, for scripts that say byte by byte what the server does. */
final class Peer {
  static final String TLS = "urn:ietf:params:xml:ns:xmpp-tls";
  static final String SASL = "urn:ietf:params:xml:ns:xmpp-sasl";
  static final String BIND = "urn:ietf:params:xml:ns:xmpp-bind";
  static final String HEADER =
      "<?xml version='1.0'?><stream:stream xmlns='jabber:client'"
          + " xmlns:stream='http://etherx.jabber.org/streams' from='example.org' id='s1'"
          + " version='1.0'>";
  static final String STARTTLS =
      "<stream:features><starttls xmlns='" + TLS + "'><required/></starttls></stream:features>";
  static final String MECHANISMS =
      "<stream:features><mechanisms xmlns='"
          + SASL
          + "'><mechanism>SCRAM-SHA-1</mechanism><mechanism>SCRAM-SHA-256</mechanism>"
          + "</mechanisms></stream:features>";
  static final String PIPELINING =
      MECHANISMS.replace(
          "</stream:features>",
          "<pipelining xmlns='urn:xmpp:features:pipelining'/></stream:features>");
  static final String BINDING = "<stream:features><bind xmlns='" + BIND + "'/></stream:features>";
  static final String ME = "juliet@example.org/balcony";

  private final TestIdentity identity;
  private final Socket raw;
  private Socket socket;
  private InputStream in;
  private boolean heard;
  private int turns;
  private final ByteArrayOutputStream clear = new ByteArrayOutputStream();

  Peer(Socket socket, TestIdentity identity) throws IOException {
    this.identity = identity;
    this.raw = socket;
    this.socket = socket;
    this.in = new BufferedInputStream(socket.getInputStream());
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(20_000);
  }

  /** What the client has sent without TLS, as far as it was read. */
  String readInTheClear() {
    return clear.toString(StandardCharsets.UTF_8);
  }

  /** How often it was the server's turn to send, after the client had sent something. */
  int turns() {
    return turns;
  }

  private int read() throws IOException {
    int b = in.read();
    heard |= b >= 0;
    if (b >= 0 && socket == raw) {
      clear.write(b);
    }
    return b;
  }

  Socket raw() {
    return raw;
  }

  void send(String xml) throws IOException {
    if (heard) {
      turns++;
      heard = false;
    }
    socket.getOutputStream().write(xml.getBytes(StandardCharsets.UTF_8));
    socket.getOutputStream().flush();
  }

  /** What the client sends, up to and with a text. */
  String readUntil(String end) throws IOException {
    ByteArrayOutputStream read = new ByteArrayOutputStream();
    byte[] last = end.getBytes(StandardCharsets.UTF_8);
    while (true) {
      int b = read();
      if (b < 0) {
        throw new IOException("the client closed after: " + read.toString(StandardCharsets.UTF_8));
      }
      read.write(b);
      if (b == last[last.length - 1] && read.toString(StandardCharsets.UTF_8).endsWith(end)) {
        return read.toString(StandardCharsets.UTF_8);
      }
    }
  }

  /** Fails unless the client sends exactly this next. */
  void expect(String xml) throws IOException {
    byte[] read = in.readNBytes(xml.getBytes(StandardCharsets.UTF_8).length);
    heard = true;
    String got = new String(read, StandardCharsets.UTF_8);
    if (!got.equals(xml) && xml.startsWith(got)) {
      throw new IOException("the client closed after: " + got);
    }
    if (!got.equals(xml)) {
      throw new AssertionError("expected " + xml + " but the client sent " + got);
    }
  }

  /** Waits for the client to close, and gives what it sent before; fails if it does not. */
  String readToEnd() throws IOException {
    ByteArrayOutputStream read = new ByteArrayOutputStream();
    try {
      for (int b = read(); b >= 0; b = read()) {
        read.write(b);
      }
    } catch (java.net.SocketTimeoutException e) {
      throw new AssertionError("the client left the connection open", e);
    } catch (IOException e) {
      // A reset closes too.
    }
    return read.toString(StandardCharsets.UTF_8);
  }

  void readHeader() throws IOException {
    readUntil("xml:lang='en'>");
  }

  void open(String features) throws IOException {
    readHeader();
    send(HEADER + features);
  }

  void startTls() throws IOException {
    open(STARTTLS);
    proceed();
    handshake();
  }

  void proceed() throws IOException {
    expect("<starttls xmlns='" + TLS + "'/>");
    send("<proceed xmlns='" + TLS + "'/>");
  }

  void handshake() throws IOException {
    handshake(identity.context(), tls -> {});
  }

  /** Direct TLS, or what follows {@code <proceed/>}, with settings of its own. */
  SSLSocket handshake(SSLContext context, Consumer<SSLSocket> settings) throws IOException {
    SSLSocket tls =
        (SSLSocket)
            context.getSocketFactory().createSocket(raw, "example.org", raw.getPort(), true);
    tls.setUseClientMode(false);
    settings.accept(tls);
    tls.startHandshake();
    socket = tls;
    in = new BufferedInputStream(tls.getInputStream());
    return tls;
  }

  void authenticate() throws Exception {
    open(MECHANISMS);
    ServerScram scram = new ServerScram("SCRAM-SHA-256", "r0m30");
    send("<challenge xmlns='" + SASL + "'>" + scram.challenge(content("auth")) + "</challenge>");
    send("<success xmlns='" + SASL + "'>" + scram.success(content("response")) + "</success>");
  }

  /** Reads an element that holds only text, and gives the text. */
  String content(String element) throws IOException {
    String xml = readUntil("</" + element + ">");
    return xml.substring(xml.indexOf('>') + 1, xml.lastIndexOf('<'));
  }

  /** Reads a request for binding, and gives its id. */
  String bindRequest() throws IOException {
    return id(readUntil("</iq>"));
  }

  static String id(String stanza) {
    Matcher id = Pattern.compile(" id='([^']+)'").matcher(stanza);
    if (!id.find()) {
      throw new AssertionError("no id in " + stanza);
    }
    return id.group(1);
  }

  void bound(String id, String jid) throws IOException {
    send(
        "<iq type='result' id='"
            + id
            + "'><bind xmlns='"
            + BIND
            + "'><jid>"
            + jid
            + "</jid></bind></iq>");
  }

  /** All of logging in. */
  void login() throws Exception {
    startTls();
    loginSecured();
  }

  /** All of logging in but TLS. */
  void loginSecured() throws Exception {
    authenticate();
    open(BINDING);
    bound(bindRequest(), ME);
  }

  /** All of logging in, with the bytes of both streams in one write (XEP-0305). */
  void loginPipelined() throws Exception {
    startTls();
    open(PIPELINING);
    ServerScram scram = new ServerScram("SCRAM-SHA-256", "r0m30");
    send("<challenge xmlns='" + SASL + "'>" + scram.challenge(content("auth")) + "</challenge>");
    String success = scram.success(content("response"));
    readHeader();
    String id = bindRequest();
    send("<success xmlns='" + SASL + "'>" + success + "</success>" + HEADER + BINDING);
    bound(id, ME);
  }

  /** Ends TLS properly, and nothing above or below it. */
  void closeTls() throws IOException {
    socket.shutdownOutput();
  }

  /** Ends TCP as if the machine had been switched off and on. */
  void reset() throws IOException {
    raw.setSoLinger(true, 0);
    raw.close();
  }

  /** Whether more of what the client wrote at once is there. */
  boolean hasMore() throws IOException {
    return in.available() > 0;
  }

  /** Answers the client's closing tag, and waits for it to be gone. */
  String closeInOrder() throws IOException {
    String before = readUntil("</stream:stream>");
    send("</stream:stream>");
    readToEnd();
    return before;
  }
}
