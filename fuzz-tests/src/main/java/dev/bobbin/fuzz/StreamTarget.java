package dev.bobbin.fuzz;

import dev.bobbin.xmpp.core.internal.stream.StreamEvent;
import dev.bobbin.xmpp.core.internal.stream.StreamLimits;
import dev.bobbin.xmpp.core.internal.stream.StreamReader;
import dev.bobbin.xmpp.core.internal.stream.StreamViolation;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The stream reader. The input's first line says how the rest is cut (each byte a piece, {@code @}
 * of one byte, {@code A} of two and so on, over and over; an empty line: into single bytes).
 *
 * <p>Claimed: nothing comes out but events, a violation or the end; the same whatever the cuts; and
 * a stream that was closed is well-formed to the JDK's parser, which reads the same elements.
 */
public final class StreamTarget {
  private static final int BYTES = 600;
  private static final StreamLimits LIMITS = new StreamLimits(BYTES, 6, 6, 40, 64, 2 * BYTES);
  private static final byte[] SINGLE_BYTES = {'@'};

  private StreamTarget() {}

  /**
   * Tries one input.
   *
   * @param input the cuts, a line end, and the bytes of a stream
   */
  public static void fuzzerTestOneInput(byte[] input) {
    int end = 0;
    while (end < input.length && input[end] != '\n') {
      end++;
    }
    byte[] cuts = end == 0 ? SINGLE_BYTES : Arrays.copyOf(input, end);
    byte[] stream = Arrays.copyOfRange(input, Math.min(input.length, end + 1), input.length);

    List<String> whole = read(new ByteArrayInputStream(stream), LIMITS);

    sameAs(whole, read(new Pieces(stream, cuts), LIMITS), "in pieces");
    if (whole.get(whole.size() - 1).equals("closed")) {
      Pieces bytewise = new Pieces(stream, SINGLE_BYTES);
      List<String> elements = read(bytewise, LIMITS);
      sameAs(whole, elements, "byte by byte");
      SecondOpinion.agrees(Arrays.copyOf(stream, bytewise.given()), elements);
    }
  }

  private static void sameAs(List<String> whole, List<String> other, String how) {
    Claim.that(whole.equals(other), how + " it is " + other + ", as a whole " + whole);
  }

  /** What comes out until the end: events, and what they end with. */
  static List<String> read(InputStream in, StreamLimits limits) {
    StreamReader reader = new StreamReader(in, limits, "jabber:client");
    List<String> events = new ArrayList<>();
    try {
      for (Optional<StreamEvent> next = reader.next(); next.isPresent(); next = reader.next()) {
        events.add(text(next.get()));
      }
      if (!events.contains("closed")) {
        events.add("end of bytes");
      }
    } catch (StreamViolation e) {
      events.add("violation " + e.conditionName());
    } catch (IOException e) {
      throw new AssertionError("these bytes do not fail", e);
    }
    return events;
  }

  private static String text(StreamEvent event) {
    if (event instanceof StreamEvent.Opened opened) {
      return opened.header().toXml();
    }
    return event instanceof StreamEvent.Received received ? received.element().toXml() : "closed";
  }

  /** Gives at most one piece for each read, as a socket may. */
  private static final class Pieces extends InputStream {
    private final byte[] bytes;
    private final byte[] cuts;
    private int given;
    private int pieces;

    Pieces(byte[] bytes, byte[] cuts) {
      this.bytes = bytes;
      this.cuts = cuts;
    }

    int given() {
      return given;
    }

    @Override
    public int read() {
      throw new UnsupportedOperationException("the reader reads blocks");
    }

    @Override
    public int read(byte[] into, int offset, int length) {
      if (given == bytes.length) {
        return -1;
      }
      int piece = (cuts[pieces++ % cuts.length] & 0x1F) + 1;
      int count = Math.min(Math.min(piece, length), bytes.length - given);
      System.arraycopy(bytes, given, into, offset, count);
      given += count;
      return count;
    }
  }
}
