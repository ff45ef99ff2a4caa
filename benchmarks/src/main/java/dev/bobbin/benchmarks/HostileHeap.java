package dev.bobbin.benchmarks;

import dev.bobbin.xmpp.api.xml.XmlElement;
import dev.bobbin.xmpp.core.internal.stream.StreamEvent;
import dev.bobbin.xmpp.core.internal.stream.StreamLimits;
import dev.bobbin.xmpp.core.internal.stream.StreamReader;
import dev.bobbin.xmpp.core.internal.stream.StreamViolation;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Reads a stream of many stanzas of each {@link HostileShape}, each as large as the bound allows,
 * and writes each out again: for a process whose heap and stacks are small. It ends with a number
 * of stanzas, or with the error that the process ran into.
 */
public final class HostileHeap {
  private HostileHeap() {}

  /**
   * Runs it.
   *
   * @param arguments the greatest stanza in bytes, and about how many bytes of each shape to read
   * @throws Exception when a stream cannot be read
   */
  public static void main(String[] arguments) throws Exception {
    int stanzaBytes = Integer.parseInt(arguments[0]);
    int times = Math.max(1, Integer.parseInt(arguments[1]) / stanzaBytes);
    StreamLimits limits = StreamLimits.LOGGED_IN.withMaxStanzaBytes(stanzaBytes);
    int stanzas = 0;
    for (HostileShape shape : HostileShape.values()) {
      stanzas += read(shape, limits, times);
    }
    System.out.println(stanzas + " stanzas");
  }

  private static int read(HostileShape shape, StreamLimits limits, int times) throws IOException {
    byte[] header = shape.header();
    List<InputStream> parts = new ArrayList<>();
    parts.add(new ByteArrayInputStream(header));
    byte[] stanza = shape.stanza(limits.maxStanzaBytes());
    for (int i = 0; i < times; i++) {
      parts.add(new ByteArrayInputStream(stanza));
    }
    InputStream stream = new SequenceInputStream(Collections.enumeration(parts));
    StreamReader reader = new StreamReader(stream, limits, "jabber:client");
    int stanzas = 0;
    try {
      for (Optional<StreamEvent> next = reader.next(); next.isPresent(); next = reader.next()) {
        if (next.get() instanceof StreamEvent.Received received) {
          stanzas++;
          use(received.element());
        }
      }
    } catch (StreamViolation e) {
      // Shapes that are too much of something.
    }
    return stanzas;
  }

  private static void use(XmlElement element) {
    if (element.toXml().isEmpty() || !element.equals(element.toBuilder().build())) {
      throw new AssertionError("an element equals its copy");
    }
  }
}
