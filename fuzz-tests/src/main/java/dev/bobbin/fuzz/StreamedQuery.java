package dev.bobbin.fuzz;

import dev.bobbin.xmpp.api.stanza.Stanza;
import dev.bobbin.xmpp.api.xml.XmlElement;
import dev.bobbin.xmpp.core.internal.stream.StreamEvent;
import dev.bobbin.xmpp.core.internal.stream.StreamLimits;
import dev.bobbin.xmpp.core.internal.stream.StreamReader;
import dev.bobbin.xmpp.core.internal.stream.StreamViolation;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** What a target is given inside one element, read as a peer's stream is. */
public final class StreamedQuery {
  private static final StreamLimits LIMITS = new StreamLimits(4000, 12, 16, 512, 512, 1 << 16);

  private StreamedQuery() {}

  /**
   * Reads the element.
   *
   * @param prefixes declarations of those that the content may use
   * @param content what stands in the element
   * @return the element; empty when our reader refuses it
   */
  public static Optional<XmlElement> of(String prefixes, byte[] content) {
    String before =
        "<s:stream xmlns='jabber:client' xmlns:s='http://etherx.jabber.org/streams'><q ";
    ByteArrayOutputStream stream = new ByteArrayOutputStream();
    try {
      stream.write((before + prefixes + '>').getBytes(StandardCharsets.UTF_8));
      stream.write(content);
      stream.write("</q>".getBytes(StandardCharsets.UTF_8));
      StreamReader reader =
          new StreamReader(
              new ByteArrayInputStream(stream.toByteArray()), LIMITS, Stanza.NAMESPACE);
      reader.next();
      return reader
          .next()
          .flatMap(
              event ->
                  event instanceof StreamEvent.Received received
                      ? Optional.of(received.element())
                      : Optional.empty());
    } catch (StreamViolation e) {
      return Optional.empty(); // No element.
    } catch (IOException e) {
      throw new AssertionError("these bytes do not fail", e);
    }
  }
}
