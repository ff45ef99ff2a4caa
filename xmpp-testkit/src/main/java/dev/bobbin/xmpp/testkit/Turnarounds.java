package dev.bobbin.xmpp.testkit;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Counts how often one connection's server had to wait for its client after it had said something:
 * each is a round trip that the client took. What TLS itself exchanges is not counted.
 *
 * <p>Whether a client has sent ahead shows when the server is about to write, by what has arrived
 * until then. When it reads it is too late: a quick client may have answered already. For use by
 * the one thread that negotiates.
 */
final class Turnarounds {
  private int count;
  private boolean said;

  int count() {
    return count;
  }

  /**
   * The server is about to write.
   *
   * @param arrived whether more of the client's has arrived than the server has acted on
   */
  void says(boolean arrived) {
    said |= !arrived;
  }

  /** The server is about to read from the socket. */
  void reads() {
    if (said) {
      count++;
      said = false;
    }
  }

  /**
   * Counts what is read from a stream.
   *
   * @param in what is read, decrypted where there is TLS
   * @param socket what comes from the socket: its bytes have arrived, though TLS has not yet looked
   *     at them
   */
  InputStream counted(InputStream in, InputStream socket) {
    return new FilterInputStream(in) {
      @Override
      public int read(byte[] into, int offset, int length) throws IOException {
        reads();
        return super.read(into, offset, length);
      }

      @Override
      public int available() throws IOException {
        return Math.max(super.available(), socket.available());
      }
    };
  }
}
