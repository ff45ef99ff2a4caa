package dev.bobbin.xmpp.core.internal.connection;

import dev.bobbin.xmpp.api.ConnectionException;
import dev.bobbin.xmpp.api.ConnectionException.Reason;
import dev.bobbin.xmpp.core.internal.dial.Endpoint;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The servers of a domain that were tried in vain. The one that came furthest says most: one that
 * has nothing to say over TLS more than a wrong certificate, and that more than a refused
 * connection elsewhere.
 */
final class FailedTargets {
  private static final int SHOWN = 8;

  /** How far the login got with one. */
  enum Reached {
    NOBODY,
    CONNECTED,
    SECURED
  }

  private record Failed(Endpoint endpoint, int distance, ConnectionException failure) {
    @Override
    public String toString() {
      return endpoint
          + (endpoint.directTls() ? " by direct TLS" : "")
          + ": "
          + Remote.text(String.valueOf(failure.getMessage()));
    }
  }

  private final String domain;
  private final List<Failed> failed = new ArrayList<>();

  FailedTargets(String domain) {
    this.domain = domain;
  }

  /**
   * Takes note of one.
   *
   * @param reached how far the login got with it
   */
  void add(Endpoint endpoint, Reached reached, ConnectionException failure) {
    failed.add(new Failed(endpoint, distance(reached, failure.reason()), failure));
  }

  private static int distance(Reached reached, Reason reason) {
    if (reached == Reached.SECURED) {
      return 5;
    }
    return switch (reason) {
      case NAME_NOT_FOUND -> 0;
      case CERTIFICATE -> 4;
      case TLS -> 3;
      default -> reached == Reached.CONNECTED ? 2 : 1;
    };
  }

  /** Why the last one was left, in words; there is one. */
  String last() {
    return failed.get(failed.size() - 1).toString();
  }

  /** What to tell of all of them, of which there is at least one. */
  ConnectionException summary() {
    Failed furthest = failed.get(0);
    for (Failed each : failed) {
      furthest = each.distance() > furthest.distance() ? each : furthest;
    }
    if (failed.size() == 1) {
      return furthest.failure();
    }
    String list =
        failed.stream().limit(SHOWN).map(Failed::toString).collect(Collectors.joining("; "));
    String message =
        "None of the "
            + failed.size()
            + " servers of '"
            + domain
            + "' can be used. "
            + list
            + (failed.size() > SHOWN ? "; and " + (failed.size() - SHOWN) + " more" : "")
            + " (docs/errors.md#no-usable-server)";
    ConnectionException cause = furthest.failure();
    ConnectionException summary = new ConnectionException(cause.reason(), message, cause);
    for (Failed each : failed) {
      if (each.failure() != cause) {
        summary.addSuppressed(each.failure());
      }
    }
    return summary;
  }
}
