package dev.bobbin.xmpp.testkit;

import dev.bobbin.xmpp.api.jid.Jid;
import dev.bobbin.xmpp.api.stanza.Stanza;
import dev.bobbin.xmpp.api.xml.XmlElement;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Both directions of one stream, on a plain or a TLS socket, while it is negotiated: one thread
 * reads and writes in turn. For use by that thread.
 */
final class XmlStream {
  static final String CLOSE = "</stream:stream>";

  private final Jid domain;
  private final InputStream in;
  private final TagSlicer bytes;
  private final OutputStream out;
  private final Turnarounds turnarounds;
  private @Nullable StanzaReader reader;
  private boolean answered;

  XmlStream(
      Jid domain, InputStream in, OutputStream out, int maxStanzaBytes, Turnarounds turnarounds) {
    this.domain = domain;
    this.in = in;
    this.bytes = new TagSlicer(in, maxStanzaBytes);
    this.out = out;
    this.turnarounds = turnarounds;
  }

  /**
   * Waits for the client's header, then answers it with ours and these features; the first time and
   * after each success that restarts the stream.
   */
  void open(String features) throws IOException {
    awaitHeader();
    answered = true;
    write(header() + "<stream:features>" + features + "</stream:features>");
  }

  /** Waits for the client's header, and leaves it without an answer. */
  void awaitHeader() throws IOException {
    answered = false;
    StanzaReader opened = new StanzaReader(bytes);
    reader = opened;
    opened.header().check(domain);
  }

  /** Waits for the next child of the stream. */
  XmlElement read() throws IOException {
    if (reader == null) {
      throw new IllegalStateException("the stream was not opened");
    }
    return reader.next();
  }

  /** Whether the client has sent more than was read. */
  boolean hasUnread() {
    return bytes.hasUnread();
  }

  /** What the client has sent and was not read; from then on it counts as read. */
  byte[] takeUnread() {
    return bytes.takeUnread();
  }

  void write(String xml) throws IOException {
    turnarounds.says(bytes.hasUnread() || in.available() > 0);
    out.write(xml.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  /** Says why the stream ends, after a header of ours if the client has not seen one yet. */
  void end(String error) throws IOException {
    write((answered ? "" : header()) + error + CLOSE);
  }

  OutputStream out() {
    return out;
  }

  private String header() {
    return "<?xml version='1.0'?><stream:stream xmlns='"
        + Stanza.NAMESPACE
        + "' xmlns:stream='"
        + StreamHeader.STREAMS
        + "' id='"
        + RandomText.hex(8)
        + "' from='"
        + domain
        + "' version='1.0' xml:lang='en'>";
  }
}
