package dev.bobbin.fuzz;

import dev.bobbin.xmpp.api.stanza.Iq;
import dev.bobbin.xmpp.api.stanza.Stanza;
import dev.bobbin.xmpp.api.stanza.StanzaError;
import dev.bobbin.xmpp.api.xml.XmlElement;
import dev.bobbin.xmpp.core.internal.stream.StreamEvent;
import dev.bobbin.xmpp.core.internal.stream.StreamLimits;
import dev.bobbin.xmpp.core.internal.stream.StreamReader;
import dev.bobbin.xmpp.core.internal.stream.StreamViolation;
import dev.bobbin.xmpp.testkit.LiteralXml;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Elements and stanzas. The input is what follows the header of a stream.
 *
 * <p>Claimed: an element that was read is the same when it is written and read again, by our reader
 * and by the JDK's; it makes a stanza or an {@link IllegalArgumentException}; a stanza's error, and
 * our answers to a request, can be written; and what logs show is printable.
 */
public final class StanzaTarget {
  private static final String HEADER =
      "<stream:stream xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams'"
          + " xmlns:x='urn:x'>";
  private static final StreamLimits LIMITS = new StreamLimits(4000, 12, 16, 512, 512, 1 << 16);

  /** What is written may be longer than what was read, by its escapes and namespaces. */
  private static final StreamLimits WRITTEN = new StreamLimits(400_000, 12, 16, 512, 512, 1 << 20);

  private StanzaTarget() {}

  /**
   * Tries one input.
   *
   * @param input the bytes that follow the header of a stream
   */
  public static void fuzzerTestOneInput(byte[] input) {
    StreamReader reader = reader(input, LIMITS);
    try {
      for (Optional<StreamEvent> next = reader.next(); next.isPresent(); next = reader.next()) {
        if (next.get() instanceof StreamEvent.Received received) {
          checkWritten(received.element());
          checkStanza(received.element());
        }
      }
    } catch (StreamViolation e) {
      // StreamTarget says what may be refused.
    } catch (IOException e) {
      throw new AssertionError("these bytes do not fail", e);
    }
  }

  private static StreamReader reader(byte[] content, StreamLimits limits) {
    InputStream in =
        new SequenceInputStream(
            new ByteArrayInputStream(HEADER.getBytes(StandardCharsets.UTF_8)),
            new ByteArrayInputStream(content));
    return new StreamReader(in, limits, Stanza.NAMESPACE);
  }

  private static void checkWritten(XmlElement element) throws IOException {
    String inStream = element.toXml(Stanza.NAMESPACE);
    try {
      StreamReader reader = reader(inStream.getBytes(StandardCharsets.UTF_8), WRITTEN);
      reader.next();
      Optional<StreamEvent> again = reader.next();
      Claim.that(
          again.equals(Optional.of(new StreamEvent.Received(element))),
          "written as " + inStream + " it is read as another element");
    } catch (StreamViolation e) {
      throw new AssertionError("written as " + inStream + " it is refused", e);
    }
    String alone = element.toXml();
    try {
      Claim.that(
          LiteralXml.element(alone).equals(element),
          "the JDK reads another element out of " + alone);
    } catch (IllegalArgumentException e) {
      // Names that are not ASCII are others to the JDK: see SecondOpinion.
      Claim.that(!alone.chars().allMatch(c -> c < 0x80), "the JDK refuses " + alone);
    }
  }

  private static void checkStanza(XmlElement element) {
    Claim.printable(element.toString());
    Stanza stanza;
    try {
      stanza = Stanza.parse(element);
    } catch (IllegalArgumentException e) {
      Claim.printable(e.getMessage());
      return;
    }
    Claim.printable(stanza.toString());
    stanza.error().ifPresent(error -> checkError(error, element));
    if (stanza instanceof Iq iq && iq.type().isRequest()) {
      StanzaError refusal = StanzaError.of(StanzaError.Condition.ITEM_NOT_FOUND);
      Iq refused = iq.error(refusal);
      Claim.that(refused.error().equals(Optional.of(refusal)), "the error of an answer is lost");
      Claim.that(refused.id().equals(iq.id()), "an error has another id than its request");
      Claim.that(refused.to().equals(iq.from()), "an error goes to somebody else");
      Claim.that(iq.result().id().equals(iq.id()), "a result has another id than its request");
    }
  }

  private static void checkError(StanzaError error, XmlElement received) {
    String sent =
        received
            .child("error", Stanza.NAMESPACE)
            .flatMap(e -> e.child("text", StanzaError.NAMESPACE))
            .map(XmlElement::text)
            .orElse("");
    Claim.that(sent.startsWith(error.text().orElse("")), "an error's text is not what was sent");
    XmlElement written = XmlElement.builder("iq", Stanza.NAMESPACE).add(error.toElement()).build();
    Claim.that(StanzaError.in(written).equals(error), "an error is read as another one");
  }
}
