package dev.bobbin.xmpp.core.internal.stream;

import dev.bobbin.xmpp.core.internal.stream.StreamViolation.Condition;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Turns the bytes of one stream into events. Blocks while there are none. For use by one thread.
 *
 * <p>Bytes are counted here, made characters by {@link Utf8Decoder}, judged by {@link XmlTokenizer}
 * and made elements by {@link ElementAssembler}, one after the other and each once; runs of plain
 * text are taken at once. Nothing reads ahead: at each event it is known which bytes were read and
 * not yet used, and a peer that sends more after {@code <proceed/>} is found out.
 *
 * <p>CDATA is taken for text: RFC 6120 section 11.1 does not forbid it.
 */
public final class StreamReader {
  /** The namespace of the stream element, its features and its errors. */
  public static final String STREAMS = "http://etherx.jabber.org/streams";

  private static final int BUFFER_BYTES = 16 * 1024;

  private final InputStream in;
  private final StreamLimits limits;
  private final String contentNamespace;
  private final Utf8Decoder utf8 = new Utf8Decoder();
  private final XmlTokenizer tokens;
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private int from;
  private int to;
  private int stanzaBytes;
  private int idleBytes;
  private long totalBytes;
  private boolean ended;

  /**
   * Reads a new stream.
   *
   * @param in the bytes
   * @param limits what the stream may cost
   * @param contentNamespace the default namespace that its header may declare
   */
  public StreamReader(InputStream in, StreamLimits limits, String contentNamespace) {
    this.in = in;
    this.limits = limits;
    this.contentNamespace = contentNamespace;
    this.tokens = new XmlTokenizer(limits, new ElementAssembler(limits, contentNamespace));
  }

  /**
   * Whether bytes were read that no event has used: after {@code <proceed/>} there must be none.
   *
   * @return true if there are
   */
  public boolean hasUnusedBytes() {
    return from < to;
  }

  /**
   * A reader of the stream that follows this one on the same connection: bytes that were read and
   * that no event has used are its first. This one reads no more.
   *
   * @param next what the following stream may cost
   * @return the reader of the following stream, for content of the same namespace
   */
  public StreamReader following(StreamLimits next) {
    StreamReader follower = new StreamReader(in, next, contentNamespace);
    follower.to = to - from;
    System.arraycopy(buffer, from, follower.buffer, 0, follower.to);
    from = to;
    ended = true;
    return follower;
  }

  /**
   * The next event.
   *
   * @return the event; empty when the bytes ended without the stream being closed, and after it was
   *     closed or refused
   * @throws IOException when reading fails
   * @throws StreamViolation when the peer broke the rules; the stream must end
   */
  public Optional<StreamEvent> next() throws IOException, StreamViolation {
    while (!ended) {
      while (from < to) {
        takePlainText();
        StreamEvent event = from < to ? accept(buffer[from++]) : null;
        if (event != null) {
          stanzaBytes = 0;
          ended = event instanceof StreamEvent.Closed;
          return Optional.of(event);
        }
      }
      int read = in.read(buffer, 0, buffer.length);
      if (read < 0) {
        break;
      }
      from = 0;
      to = read;
    }
    return Optional.empty();
  }

  /**
   * Takes the letters, digits and the like that most of text is made of at once: alone, each would
   * do no more than to be appended. What is not, or is one too many, is left to {@link #accept}.
   */
  private void takePlainText() {
    if (!tokens.isInText() || !utf8.isBetweenCharacters()) {
      return;
    }
    long room =
        Math.min(limits.maxStanzaBytes() - stanzaBytes, limits.maxTotalBytes() - totalBytes);
    int end = (int) Math.min(to, from + room);
    int begin = from;
    while (from < end && XmlCharacters.isPlain(buffer[from])) {
      from++;
    }
    if (begin < from) {
      tokens.acceptPlain(buffer, begin, from - begin);
      stanzaBytes += from - begin;
      totalBytes += from - begin;
    }
  }

  private @Nullable StreamEvent accept(byte b) throws StreamViolation {
    try {
      count(b);
      int character = utf8.accept(b);
      return character == Utf8Decoder.INCOMPLETE ? null : tokens.accept(character);
    } catch (StreamViolation e) {
      ended = true;
      throw e;
    }
  }

  private void count(byte b) throws StreamViolation {
    if (++totalBytes > limits.maxTotalBytes()) {
      throw policy("the stream has more than " + limits.maxTotalBytes() + " bytes");
    }
    if (tokens.isBetweenElements() && XmlCharacters.isSpace(b)) {
      if (++idleBytes > limits.maxIdleBytes()) {
        throw policy(
            "more than " + limits.maxIdleBytes() + " bytes of white space between elements");
      }
    } else {
      idleBytes = 0;
      if (++stanzaBytes > limits.maxStanzaBytes()) {
        throw policy("an element has more than " + limits.maxStanzaBytes() + " bytes");
      }
    }
  }

  private static StreamViolation policy(String what) {
    return new StreamViolation(Condition.POLICY_VIOLATION, what);
  }
}
