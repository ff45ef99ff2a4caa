package dev.bobbin.xmpp.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bobbin.xmpp.api.jid.Jid;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.api.Test;

/** What counts as a turnaround, on a stream in memory. */
class TurnaroundsTest {
  /** Gives one write of the client's a read; knows which have arrived. */
  private static final class Writes extends InputStream {
    private final Deque<byte[]> coming = new ArrayDeque<>();
    private int arrived;

    Writes add(String xml, boolean sentAhead) {
      coming.add(xml.getBytes(StandardCharsets.UTF_8));
      arrived = sentAhead ? coming.size() : arrived;
      return this;
    }

    @Override
    public int read() {
      throw new UnsupportedOperationException("read() of a single byte");
    }

    @Override
    public int read(byte[] into, int offset, int length) {
      byte[] next = coming.removeFirst();
      System.arraycopy(next, 0, into, offset, next.length);
      arrived = Math.max(0, arrived - 1);
      return next.length;
    }

    @Override
    public int available() {
      return arrived;
    }
  }

  private static final InputStream EMPTY = InputStream.nullInputStream();

  /** The count after a header, an answer, and a message that came in a second write. */
  private static int count(InputStream in, InputStream socket) throws IOException {
    Turnarounds turnarounds = new Turnarounds();
    XmlStream stream =
        new XmlStream(
            Jid.of("example.org"),
            turnarounds.counted(in, socket),
            OutputStream.nullOutputStream(),
            10_000,
            turnarounds);
    stream.open("");
    assertThat(stream.read().name()).isEqualTo("message");
    return turnarounds.count();
  }

  private static Writes writes(boolean sentAhead) {
    return new Writes().add(RawClient.OPEN, true).add("<message/>", sentAhead);
  }

  @Test
  void count_answerThatWasWaitedFor_isOne() throws IOException {
    assertThat(count(writes(false), EMPTY)).isEqualTo(1);
  }

  @Test
  void count_secondWriteThatHasArrivedBeforeTheAnswer_isNone() throws IOException {
    assertThat(count(writes(true), EMPTY)).isZero();
  }

  @Test
  void count_whatHasArrivedAndIsNotDecryptedYet_isNone() throws IOException {
    assertThat(count(writes(false), writes(true))).isZero();
  }

  @Test
  void count_restOfWhatHasBegunToArrive_isNone() throws IOException {
    Writes cut = new Writes().add(RawClient.OPEN + "<mess", true).add("age/>", false);

    assertThat(count(cut, EMPTY)).isZero();
  }

  @Test
  void count_oneWrite_isNone() throws IOException {
    assertThat(count(new Writes().add(RawClient.OPEN + "<message/>", false), EMPTY)).isZero();
  }
}
