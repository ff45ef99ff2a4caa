package dev.bobbin.xmpp.core.internal.connection;

import dev.bobbin.xmpp.api.ConnectionException;
import dev.bobbin.xmpp.api.ConnectionException.Reason;
import dev.bobbin.xmpp.api.jid.Jid;
import dev.bobbin.xmpp.api.stanza.Stanza;
import dev.bobbin.xmpp.api.xml.XmlAttribute;
import dev.bobbin.xmpp.api.xml.XmlElement;
import dev.bobbin.xmpp.core.internal.stream.StreamEvent;
import dev.bobbin.xmpp.core.internal.stream.StreamLimits;
import dev.bobbin.xmpp.core.internal.stream.StreamReader;
import dev.bobbin.xmpp.core.internal.stream.StreamViolation;
import dev.bobbin.xmpp.core.internal.stream.StreamViolation.Condition;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/** The stream while a client logs in: one side speaks, then the other. For use by one thread. */
final class NegotiationStream {
  private final Socket socket;
  private final String domain;
  private final Watchdog watchdog;
  private final OutputStream out;
  private String appendix = "";
  private boolean appended;
  private @Nullable StreamReader reader;

  NegotiationStream(Socket socket, String domain, Watchdog watchdog) throws IOException {
    this.socket = socket;
    this.domain = domain;
    this.watchdog = watchdog;
    this.out = socket.getOutputStream();
  }

  /** What may go wrong in a step. */
  @FunctionalInterface
  interface Step<T> {
    T run() throws IOException, StreamViolation;
  }

  Socket socket() {
    return socket;
  }

  StreamReader reader() {
    return Objects.requireNonNull(reader, "the stream is not open");
  }

  boolean hasUnusedBytes() {
    return reader().hasUnusedBytes();
  }

  /**
   * Runs a step. When it fails and the connection stands, the stream is closed (<a
   * href="https://www.rfc-editor.org/rfc/rfc6120#section-4.4">RFC 6120 section 4.4</a>) before the
   * error goes on, and the server is told if it broke the rules.
   */
  <T> T orLeave(Step<T> step) throws IOException {
    try {
      return step.run();
    } catch (RuntimeException e) {
      leave("");
      throw e;
    } catch (StreamViolation e) {
      leave(StreamErrors.xml(e));
      throw new ConnectionException(
          Reason.PROTOCOL, "The server broke the rules of the stream: " + e.getMessage(), e);
    }
  }

  /** The header that opens a stream. */
  String header(Optional<Jid> from) {
    XmlElement header =
        XmlElement.builder("x", "")
            .attribute("to", domain)
            .attribute("from", from.map(Jid::toString).orElse(null))
            .attribute("version", "1.0")
            .attribute(XmlAttribute.XML_NAMESPACE, "lang", "en")
            .build();
    String attributes = header.toXml();
    return "<?xml version='1.0'?><stream:stream xmlns='"
        + Stanza.NAMESPACE
        + "' xmlns:stream='"
        + StreamReader.STREAMS
        + "'"
        + attributes.substring("<x".length(), attributes.length() - "/>".length())
        + ">";
  }

  /** Opens a stream, or a new one in place of the old, and reads the server's features. */
  XmlElement open(StreamLimits limits, Optional<Jid> from) throws IOException, StreamViolation {
    write(header(from));
    return readFeatures(new StreamReader(socket.getInputStream(), limits, Stanza.NAMESPACE));
  }

  /** Reads the features of a new stream whose header was sent by {@link #appendToLast}. */
  XmlElement reopened(StreamLimits limits) throws IOException, StreamViolation {
    // The server may have said all of it at once, the first of it behind the old stream's last.
    return readFeatures(reader().following(limits));
  }

  private XmlElement readFeatures(StreamReader of) throws IOException, StreamViolation {
    reader = of;
    StreamEvent opened = event();
    if (!(opened instanceof StreamEvent.Opened answer)) {
      throw new StreamViolation(Condition.BAD_FORMAT, "no stream header");
    }
    String version = answer.header().attribute("version").orElse("0.9");
    if (!version.matches("1\\.[0-9]{1,4}")) {
      throw new StreamViolation(Condition.UNSUPPORTED_VERSION, "XMPP version is not 1.0");
    }
    XmlElement features = read();
    if (!features.is("features", StreamReader.STREAMS)) {
      throw new ConnectionException(
          Reason.PROTOCOL,
          "The server sent <" + Remote.name(features) + "/> before its features",
          null);
    }
    return features;
  }

  void write(String xml) throws IOException {
    write(xml.getBytes(StandardCharsets.UTF_8));
  }

  /** Writes XML in UTF-8, for callers that wipe it afterwards. */
  void write(byte[] xml) throws IOException {
    try {
      out.write(xml);
      out.flush();
    } catch (IOException e) {
      throw lastSaid(e);
    }
  }

  /**
   * That a server takes nothing more tells less than the TLS alert that it may have sent before: in
   * TLS 1.3 it judges our certificate when the handshake is over for us.
   */
  private IOException lastSaid(IOException notTaken) {
    if (!(notTaken instanceof SSLException) && socket instanceof SSLSocket) {
      try {
        if (socket.getInputStream().read() >= 0) {
          return notTaken;
        }
      } catch (SSLException alert) {
        alert.addSuppressed(notTaken);
        return alert;
      } catch (IOException e) {
        notTaken.addSuppressed(e);
      }
    }
    return notTaken;
  }

  /** What leaves in one write with what {@link #writeLast} is given. */
  void appendToLast(String xml) {
    appendix = xml;
  }

  /** Whether what was to be appended has left. */
  boolean hasAppended() {
    return appended;
  }

  /**
   * Writes the last that the old stream needs of us, and what was to be appended. Of both in one,
   * nothing is kept.
   */
  void writeLast(byte[] xml) throws IOException {
    if (appended) {
      throw StreamErrors.protocol(
          "The server announced pipelining and wants more than the last response");
    }
    appended = !appendix.isEmpty();
    byte[] more = appendix.getBytes(StandardCharsets.UTF_8);
    appendix = "";
    byte[] both = ByteBuffer.allocate(xml.length + more.length).put(xml).put(more).array();
    try {
      write(both);
    } finally {
      Arrays.fill(both, (byte) 0);
    }
  }

  /** Reads the next first-level element. */
  XmlElement read() throws IOException, StreamViolation {
    if (!(event() instanceof StreamEvent.Received received)) {
      throw new ConnectionException(
          Reason.DISCONNECTED, "The server closed the stream while logging in", null);
    }
    StreamErrors.throwIfError(received.element());
    return received.element();
  }

  private StreamEvent event() throws IOException, StreamViolation {
    return reader()
        .next()
        .orElseThrow(
            () ->
                new ConnectionException(
                    Reason.DISCONNECTED,
                    "The server closed the connection while logging in",
                    null));
  }

  private void leave(String last) {
    byte[] xml = (last + "</stream:stream>").getBytes(StandardCharsets.UTF_8);
    watchdog.lastWord(
        () -> {
          out.write(xml);
          out.flush();
        });
  }
}
