package dev.bobbin.xmpp.core.internal.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** Bytes that reach a {@link StreamReader} in given pieces, and what it makes of them as text. */
final class Feed {
  static final String HEADER =
      "<?xml version='1.0'?><stream:stream xmlns='jabber:client'"
          + " xmlns:stream='http://etherx.jabber.org/streams' xmlns:x='urn:x' version='1.0'>";
  static final String OPENED =
      "opened <stream xmlns='http://etherx.jabber.org/streams' version='1.0'/>";
  static final StreamLimits LIMITS = new StreamLimits(10_000, 8, 8, 200, 500, 1_000_000_000);

  private Feed() {}

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Text with bytes in it that are no UTF-8, written as {@code {C0 80}}. */
  static byte[] raw(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    int from = 0;
    for (int open = text.indexOf('{'); open >= 0; open = text.indexOf('{', from)) {
      bytes.writeBytes(bytes(text.substring(from, open)));
      int close = text.indexOf('}', open);
      for (String hex : text.substring(open + 1, close).split(" ")) {
        bytes.write(Integer.parseInt(hex, 16));
      }
      from = close + 1;
    }
    bytes.writeBytes(bytes(text.substring(from)));
    return bytes.toByteArray();
  }

  static StreamReader reader(StreamLimits limits, byte[]... pieces) {
    return new StreamReader(new Pieces(List.of(pieces)), limits, "jabber:client");
  }

  static List<String> events(byte[]... pieces) {
    return events(LIMITS, pieces);
  }

  /** What comes out until the end: events, then "end of bytes" or the condition. */
  static List<String> events(StreamLimits limits, byte[]... pieces) {
    StreamReader reader = reader(limits, pieces);
    List<String> events = new ArrayList<>();
    try {
      for (Optional<StreamEvent> next = reader.next(); next.isPresent(); next = reader.next()) {
        events.add(text(next.get()));
      }
      if (!events.contains("closed")) {
        events.add("end of bytes");
      }
    } catch (StreamViolation e) {
      events.add(e.conditionName());
    } catch (IOException e) {
      throw new AssertionError("the pieces do not fail", e);
    }
    return events;
  }

  static String text(StreamEvent event) {
    if (event instanceof StreamEvent.Opened opened) {
      return "opened " + opened.header().toXml();
    }
    return event instanceof StreamEvent.Received received ? received.element().toXml() : "closed";
  }

  /**
   * Expects the same events of a stream that comes whole, byte by byte, and cut in two at each byte
   * behind its beginning; bytes are written as for {@link #raw}.
   */
  static void expectHoweverCut(String beginning, String rest, List<String> events) {
    byte[] whole = raw(beginning + rest);
    assertThat(events(whole)).isEqualTo(events);
    assertThat(events(bytewise(whole))).as("byte by byte").isEqualTo(events);
    for (int at = Math.max(1, beginning.length()); at < whole.length; at++) {
      List<String> cut = events(cut(whole, at));
      // Descriptions take longer than what is described.
      if (!cut.equals(events)) {
        assertThat(cut).as("cut at %d", at).isEqualTo(events);
      }
    }
  }

  /** The same bytes one at a time. */
  static byte[][] bytewise(byte[] whole) {
    byte[][] pieces = new byte[whole.length][];
    for (int i = 0; i < whole.length; i++) {
      pieces[i] = new byte[] {whole[i]};
    }
    return pieces;
  }

  /** The same bytes in two pieces. */
  static byte[][] cut(byte[] whole, int at) {
    return new byte[][] {
      Arrays.copyOfRange(whole, 0, at), Arrays.copyOfRange(whole, at, whole.length)
    };
  }

  /** Gives at most one piece for each read, as a socket may. */
  private static final class Pieces extends InputStream {
    private final Deque<byte[]> left;

    Pieces(List<byte[]> pieces) {
      left = new ArrayDeque<>(pieces);
    }

    @Override
    public int read() {
      throw new UnsupportedOperationException("the reader reads blocks");
    }

    @Override
    public int read(byte[] into, int offset, int length) {
      byte[] piece = left.poll();
      if (piece == null) {
        return -1;
      }
      int count = Math.min(length, piece.length);
      System.arraycopy(piece, 0, into, offset, count);
      if (count < piece.length) {
        left.push(Arrays.copyOfRange(piece, count, piece.length));
      }
      return count;
    }
  }
}
