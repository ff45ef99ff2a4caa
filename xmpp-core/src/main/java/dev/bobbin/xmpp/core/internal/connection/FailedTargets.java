package dev.bobbin.xmpp.core.internal.connection;

import dev.bobbin.xmpp.api.ConnectionException;
import dev.bobbin.xmpp.api.ConnectionException.Reason;
import dev.bobbin.xmpp.core.internal.dial.Endpoint;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The servers of a domain that were tried in vain. The one that came furthest says most: a wrong
 * certificate more than a refused connection elsewhere.
 */
final class FailedTargets {
  private static final int SHOWN = 8;

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
   * @param connected whether somebody was there
   */
  void add(Endpoint endpoint, boolean connected, ConnectionException failure) {
    failed.add(new Failed(endpoint, distance(connected, failure.reason()), failure));
  }

  private static int distance(boolean connected, Reason reason) {
    return switch (reason) {
      case NAME_NOT_FOUND -> 0;
      case CERTIFICATE -> 4;
      case TLS -> 3;
      default -> connected ? 2 : 1;
    };
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
    ConnectionException summary =
        cause
            .streamError()
            .map(error -> ConnectionException.of(error, ". " + message))
            .orElseGet(() -> new ConnectionException(cause.reason(), message, cause));
    for (Failed each : failed) {
      if (each.failure() != cause || summary.getCause() == null) {
        summary.addSuppressed(each.failure());
      }
    }
    return summary;
  }
}
