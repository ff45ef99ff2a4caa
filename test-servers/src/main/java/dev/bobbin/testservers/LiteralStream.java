package dev.bobbin.testservers;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.bobbin.xmpp.api.xml.XmlElement;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * A stream by hand: writes text, and reads elements with the JDK's StAX. Each restart takes a new
 * reader; no server says anything before the header that it waits for, so that the old one has read
 * nothing of what follows.
 *
 * <p>To be read by one thread at a time; whoever has something to say may.
 */
final class LiteralStream {
  private static final int PATIENCE_MILLIS = 10_000;
  private static final String STREAMS = "http://etherx.jabber.org/streams";
  private static final String TLS = "urn:ietf:params:xml:ns:xmpp-tls";

  private final String domain;
  private Socket socket;
  private XMLStreamReader reader;

  private LiteralStream(Socket socket, String domain) throws IOException {
    this.socket = socket;
    this.domain = domain;
    this.reader = header();
  }

  /** Connects and starts TLS; the server's certificate has to be for the domain. */
  static LiteralStream secured(InetSocketAddress server, String domain, X509Certificate trusted)
      throws IOException {
    Socket plain = new Socket();
    try {
      plain.connect(server, PATIENCE_MILLIS);
      plain.setSoTimeout(PATIENCE_MILLIS);
      plain.setTcpNoDelay(true);
      LiteralStream stream = new LiteralStream(plain, domain);
      stream.expect("features", STREAMS);
      stream.say("<starttls xmlns='%s'/>".formatted(TLS));
      stream.expect("proceed", TLS);
      SSLSocket tls =
          (SSLSocket)
              context(trusted)
                  .getSocketFactory()
                  .createSocket(plain, domain, server.getPort(), true);
      SSLParameters checking = tls.getSSLParameters();
      checking.setEndpointIdentificationAlgorithm("HTTPS");
      tls.setSSLParameters(checking);
      tls.startHandshake();
      stream.socket = tls;
      stream.open();
      return stream;
    } catch (IOException | RuntimeException | Error e) {
      plain.close();
      throw e;
    }
  }

  private static SSLContext context(X509Certificate trusted) throws IOException {
    try {
      KeyStore anchors = KeyStore.getInstance(KeyStore.getDefaultType());
      anchors.load(null, null);
      anchors.setCertificateEntry("trusted", trusted);
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(anchors);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IOException("There is no TLS in this JVM", e);
    }
  }

  /** Begins a stream, and goes on to behind the server's features. */
  void open() throws IOException {
    reader = header();
    expect("features", STREAMS);
  }

  /** Says a header, and reads the server's. */
  private XMLStreamReader header() throws IOException {
    say(
        "<?xml version='1.0'?><stream:stream xmlns='jabber:client' xmlns:stream='%s'"
                .formatted(STREAMS)
            + " version='1.0' to='%s'>".formatted(domain));
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_COALESCING, true);
    try {
      // Decoded here: this reader hands out what has come, and does not wait for a full buffer.
      XMLStreamReader opened =
          factory.createXMLStreamReader(new InputStreamReader(socket.getInputStream(), UTF_8));
      opened.nextTag();
      return opened;
    } catch (XMLStreamException e) {
      throw new IOException("The server's header is no XML", e);
    }
  }

  /** From now on, silence is no failure. */
  void patient() throws IOException {
    socket.setSoTimeout(0);
  }

  void say(String xml) throws IOException {
    synchronized (this) {
      OutputStream out = socket.getOutputStream();
      out.write(xml.getBytes(UTF_8));
      out.flush();
    }
  }

  /** Reads the next element, which has to be this one, and to hold these texts. */
  void expect(String name, String namespace, String... texts) throws IOException {
    Optional<XmlElement> next = read();
    XmlElement element =
        next.filter(each -> each.is(name, namespace))
            .orElseThrow(() -> new AssertionError("no <" + name + "/> but " + next));
    for (String text : texts) {
      if (!element.toXml().contains(text)) {
        throw new AssertionError("'" + text + "' is not in " + element.toXml());
      }
    }
  }

  /** Waits for the next child of the stream; empty when the stream was closed. */
  Optional<XmlElement> read() throws IOException {
    try {
      while (true) {
        switch (reader.next()) {
          case XMLStreamConstants.START_ELEMENT -> {
            return Optional.of(element());
          }
          case XMLStreamConstants.END_ELEMENT -> {
            return Optional.empty();
          }
          case XMLStreamConstants.CHARACTERS, XMLStreamConstants.SPACE -> {}
          default -> throw new IOException("The server sends what no stream may hold");
        }
      }
    } catch (XMLStreamException e) {
      throw new IOException("The server sends no XML: " + e.getMessage(), e);
    }
  }

  private XmlElement element() throws XMLStreamException {
    XmlElement.Builder element =
        XmlElement.builder(reader.getLocalName(), orEmpty(reader.getNamespaceURI()));
    for (int i = 0; i < reader.getAttributeCount(); i++) {
      element.attribute(
          orEmpty(reader.getAttributeNamespace(i)),
          reader.getAttributeLocalName(i),
          reader.getAttributeValue(i));
    }
    while (true) {
      switch (reader.next()) {
        case XMLStreamConstants.START_ELEMENT -> element.add(element());
        case XMLStreamConstants.CHARACTERS, XMLStreamConstants.SPACE ->
            element.text(reader.getText());
        case XMLStreamConstants.END_ELEMENT -> {
          return element.build();
        }
        default -> throw new XMLStreamException("there is neither element nor text");
      }
    }
  }

  private static String orEmpty(@Nullable String namespace) {
    return namespace == null ? "" : namespace;
  }

  /** Idempotent. */
  void close() {
    try {
      socket.close();
    } catch (IOException e) {
      // It is not used any more in any case.
    }
  }
}
