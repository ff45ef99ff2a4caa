package dev.bobbin.xmpp.testkit;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Feeds a parser with the bytes of a stream, never past the next {@code >}.
 *
 * <p>A parser reads ahead as far as it is let. Every stream header, stanza and negotiation element
 * ends with {@code >}, so a parser that is given no more than that has nothing of what follows:
 * what stays here after {@code <starttls/>} is exactly what the client sent too early, a new parser
 * after a restart begins at the right byte, and the bytes of a stanza are counted to the byte. It
 * costs the parser one call a tag.
 *
 * <p>White space between stanzas is swallowed here, so that a client may keep a connection alive
 * with it for ever. For use by one thread.
 */
final class TagSlicer extends InputStream {
  private final InputStream source;
  private final int limit;
  private final byte[] buffer = new byte[8192];
  private int next;
  private int end;
  private int used;
  private boolean between = true;
  private @Nullable IOException failure;

  TagSlicer(InputStream source, int limit) {
    this.source = source;
    this.limit = limit;
  }

  /** The last byte that was handed out ended a stanza; the count begins anew. */
  void endStanza() {
    used = 0;
    between = true;
  }

  /** Whether bytes have arrived that no parser was given. */
  boolean hasUnread() {
    return next < end;
  }

  /** Those bytes, which then no parser gets. */
  byte[] takeUnread() {
    byte[] unread = Arrays.copyOfRange(buffer, next, end);
    next = end;
    return unread;
  }

  /** What a read threw, which the parser wraps in exceptions of its own. */
  @Nullable IOException failure() {
    return failure;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    read(one, 0, 1);
    return one[0] & 0xFF;
  }

  /** Throws at the end of the stream instead of returning -1: no XMPP stream may end there. */
  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    try {
      awaitContent();
    } catch (IOException e) {
      failure = e;
      throw e;
    }
    between = false;
    int slice = 0;
    while (slice < length && next < end) {
      byte b = buffer[next++];
      into[offset + slice++] = b;
      if (b == '>') {
        break;
      }
    }
    used += slice;
    if (used > limit) {
      failure = new StreamFault("policy-violation", "a stanza is larger than " + limit + " bytes");
      throw failure;
    }
    return slice;
  }

  private void awaitContent() throws IOException {
    while (true) {
      while (between && next < end && isWhiteSpace(buffer[next])) {
        next++;
      }
      if (next < end) {
        return;
      }
      int read = source.read(buffer, 0, buffer.length);
      if (read < 0) {
        throw new EOFException("the connection ended within a stream");
      }
      next = 0;
      end = read;
    }
  }

  private static boolean isWhiteSpace(byte b) {
    return b == ' ' || b == '\n' || b == '\r' || b == '\t';
  }
}
