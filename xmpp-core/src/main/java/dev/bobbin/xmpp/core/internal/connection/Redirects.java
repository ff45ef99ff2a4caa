package dev.bobbin.xmpp.core.internal.connection;

import dev.bobbin.xmpp.api.ConnectionException;
import dev.bobbin.xmpp.api.StreamError;
import dev.bobbin.xmpp.api.jid.Jid;
import dev.bobbin.xmpp.api.jid.MalformedJidException;
import dev.bobbin.xmpp.core.internal.dial.Destination;
import dev.bobbin.xmpp.core.internal.dial.DomainName;
import dev.bobbin.xmpp.core.internal.dial.Endpoint;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a server that says {@code see-other-host} while logging in sends us (<a
 * href="https://www.rfc-editor.org/rfc/rfc6120#section-4.9.3.19">RFC 6120 section 4.9.3.19</a>),
 * and how often that is followed for one login. What is proven to whom stays the same: the domain
 * of a {@link Destination} from here is only looked up. For use by one thread.
 */
final class Redirects {
  static final int MOST = 3;

  private static final int DEFAULT_PORT = 5222;
  private static final Pattern PORT = Pattern.compile(":[0-9]{1,5}");
  private static final Pattern IPV4 = Pattern.compile("[0-9.]+");

  private final Destination original;
  private int followed;

  Redirects(Destination original) {
    this.original = original;
  }

  /**
   * Where to go on after a failure.
   *
   * @throws ConnectionException the failure, when it is no redirect; otherwise one that says why
   *     the redirect is not followed
   */
  Destination after(ConnectionException failure) {
    StreamError error = redirect(failure).orElseThrow(() -> failure);
    if (followed == MOST) {
      throw refused(failure, MOST + " were followed before");
    }
    followed++;
    String said = error.host().orElseThrow(() -> refused(failure, "it names no host"));
    int portAt = said.startsWith("[") ? said.indexOf(']') + 1 : said.indexOf(':');
    String host = portAt > 0 ? said.substring(0, portAt) : said;
    String port = said.substring(host.length());
    try {
      String name = Jid.of(null, host, null).domain();
      boolean address = name.startsWith("[") || IPV4.matcher(name).matches();
      String connectTo =
          name.startsWith("[") ? name.substring(1, name.length() - 1) : ascii(failure, name);
      return port.isEmpty() && !address
          ? destination(name, null)
          : destination(name, endpoint(connectTo, port(failure, port)));
    } catch (MalformedJidException e) {
      throw refused(failure, "that is neither a domain nor a domain and a port");
    }
  }

  private static String ascii(ConnectionException failure, String name) {
    try {
      return DomainName.ascii(name);
    } catch (ConnectionException e) {
      throw refused(failure, "its host cannot be a name in DNS");
    }
  }

  /** Says why a redirect that came before TLS leads nowhere; other failures stay as they are. */
  static ConnectionException inTheClear(ConnectionException failure) {
    return isOne(failure) ? refused(failure, "it came before TLS") : failure;
  }

  static boolean isOne(ConnectionException failure) {
    return redirect(failure).isPresent();
  }

  private static Optional<StreamError> redirect(ConnectionException failure) {
    return failure
        .streamError()
        .filter(error -> error.condition() == StreamError.Condition.SEE_OTHER_HOST);
  }

  private Destination destination(String name, @Nullable Endpoint endpoint) {
    return new Destination(name, endpoint, original.nameServer(), original.proxy());
  }

  private Endpoint endpoint(String host, int port) {
    Endpoint first = original.endpoint();
    return new Endpoint(host, port, first != null && first.directTls());
  }

  private static int port(ConnectionException failure, String port) {
    if (port.isEmpty()) {
      return DEFAULT_PORT;
    }
    int number = PORT.matcher(port).matches() ? Integer.parseInt(port.substring(1)) : 0;
    if (number < 1 || number > 65535) {
      throw refused(failure, "its port is none");
    }
    return number;
  }

  private static ConnectionException refused(ConnectionException redirect, String why) {
    return new ConnectionException(
        redirect.reason(),
        "The server ended the stream: "
            + redirect.streamError().orElseThrow()
            + "; it was not followed, since "
            + why
            + " (docs/errors.md#stream-error)",
        redirect);
  }
}
