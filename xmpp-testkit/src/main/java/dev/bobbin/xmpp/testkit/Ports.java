package dev.bobbin.xmpp.testkit;

import dev.bobbin.xmpp.api.XmppException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.jspecify.annotations.Nullable;

/**
 * The ports that a server listens on, of the loopback interface.
 *
 * @param startTls for streams that begin on clear text
 * @param direct for direct TLS (XEP-0368); null for none
 */
record Ports(ServerSocket startTls, @Nullable ServerSocket direct) {
  private static final int BACKLOG = 50;

  /** Binds one port; 0 is a free one. */
  static Ports bind(int port) {
    return new Ports(socket(port), null);
  }

  /** Binds both, or none. */
  static Ports bind(int port, int directPort) {
    Ports first = bind(port);
    try {
      return new Ports(first.startTls, socket(directPort));
    } catch (XmppException e) {
      try {
        first.startTls.close();
      } catch (IOException closing) {
        e.addSuppressed(closing);
      }
      throw e;
    }
  }

  private static ServerSocket socket(int port) {
    try {
      return new ServerSocket(port, BACKLOG, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
    } catch (IOException e) {
      throw new XmppException("Cannot listen on 127.0.0.1, port " + port + ": " + e, e);
    }
  }
}
