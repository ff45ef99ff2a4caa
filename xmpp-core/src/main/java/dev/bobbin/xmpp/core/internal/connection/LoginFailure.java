package dev.bobbin.xmpp.core.internal.connection;

import dev.bobbin.xmpp.api.ConnectionException;
import dev.bobbin.xmpp.api.ConnectionException.Reason;
import dev.bobbin.xmpp.core.internal.dial.TlsFailure;
import java.io.IOException;
import javax.net.ssl.SSLException;

/** What to report of whatever was thrown while logging in. */
final class LoginFailure {
  private LoginFailure() {}

  /**
   * The error to report: itself if it is one. Of what nobody expected, the message names the class
   * alone, since a message may hold anything; the cause has it.
   */
  static ConnectionException of(Throwable thrown, String domain) {
    if (thrown instanceof ConnectionException known) {
      return known;
    }
    if (thrown instanceof SSLException e) {
      return TlsFailure.afterHandshake(domain, e);
    }
    return thrown instanceof IOException
        ? new ConnectionException(
            Reason.DISCONNECTED, "The connection was lost while logging in: " + thrown, thrown)
        : new ConnectionException(
            Reason.PROTOCOL,
            "Cannot log in: " + thrown.getClass().getName() + " was thrown, which is the cause",
            thrown);
  }
}
