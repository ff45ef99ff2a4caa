package dev.bobbin.xmpp.core.internal.dial;

import dev.bobbin.xmpp.api.ConnectionException;
import dev.bobbin.xmpp.api.ConnectionException.Reason;
import dev.bobbin.xmpp.api.Quoted;
import dev.bobbin.xmpp.core.internal.dial.HttpTunnel.CredentialsWanted;
import java.io.Closeable;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Opens a TCP connection to an endpoint: to the first of its addresses that accepts, or by a proxy,
 * which then looks the name up. For use by one thread; whatever may block, does so on threads of
 * its own, so that closing what {@link Progress} is given always ends it. A look-up that was given
 * up goes on until the system's resolver gives up too; nobody takes its result.
 */
public final class Dialer {
  /** What RFC 8305 section 5 recommends. */
  private static final Duration HEAD_START = Duration.ofMillis(250);

  private static final int MOST_ADDRESSES = 16;

  private final Executor threads;
  private final Names names;
  private final Duration headStart;
  private final int timeoutMillis;
  private final @Nullable Proxy proxy;
  private final Progress progress;

  /** Is told what is being tried, before each step that may take long. */
  public interface Progress {
    /**
     * A host's name is looked up. What this throws ends the dialling.
     *
     * @param endpoint the host
     * @param lookUp another thread can close it, which ends the dialling
     */
    void lookingUp(Endpoint endpoint, Closeable lookUp);

    /**
     * An address is tried, perhaps while others are. What this throws ends the dialling.
     *
     * @param address the address and port, or the host and the proxy
     * @param attempt another thread can close it, also once it is connected
     */
    void connecting(String address, Closeable attempt);
  }

  /**
   * Makes a dialler.
   *
   * @param threads starts each task on a thread of its own
   * @param timeoutMillis how long to wait for each address
   * @param proxy by which proxy to connect; null for what the JVM's system properties say
   * @param progress is told of each step
   */
  public Dialer(Executor threads, int timeoutMillis, @Nullable Proxy proxy, Progress progress) {
    this(threads, InetAddress::getAllByName, HEAD_START, timeoutMillis, proxy, progress);
  }

  Dialer(
      Executor threads,
      Names names,
      Duration headStart,
      int timeoutMillis,
      @Nullable Proxy proxy,
      Progress progress) {
    this.threads = threads;
    this.names = names;
    this.headStart = headStart;
    this.timeoutMillis = timeoutMillis;
    this.proxy = proxy;
    this.progress = progress;
  }

  /**
   * Connects. Blocks.
   *
   * @param endpoint where to
   * @return a connected socket with {@code TCP_NODELAY}; all others are closed
   * @throws ConnectionException when no address accepts; the message lists what was tried
   */
  public Socket dial(Endpoint endpoint) {
    try {
      if (proxy != null && proxy.type() != Proxy.Type.DIRECT) {
        return dialBy(proxy, endpoint, null);
      }
      AddressRace race = race();
      Socket connected = race.run(routes(endpoint));
      if (connected != null) {
        return connected;
      }
      throw failure(endpoint, race.failures());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ConnectionException(
          Reason.NOT_CONNECTED, "Interrupted while connecting to " + endpoint, e);
    }
  }

  private Socket dialBy(Proxy by, Endpoint endpoint, @Nullable String authorization)
      throws InterruptedException {
    AddressRace race = race();
    Socket connected = race.run(List.of(Route.through(by, endpoint, authorization)));
    if (connected != null) {
      return connected;
    }
    Map.Entry<String, Exception> failed = race.failures().entrySet().iterator().next();
    if (authorization == null && failed.getValue() instanceof CredentialsWanted wanted) {
      // Many a proxy closes the connection on which it asked.
      return dialBy(by, endpoint, wanted.authorization());
    }
    throw failure(failed.getKey(), failed.getValue());
  }

  private AddressRace race() {
    return new AddressRace(
        threads, headStart, timeoutMillis, attempt -> progress.connecting(attempt.name(), attempt));
  }

  private List<Route> routes(Endpoint endpoint) throws InterruptedException {
    CompletableFuture<InetAddress[]> found = new CompletableFuture<>();
    progress.lookingUp(
        endpoint, () -> found.completeExceptionally(new SocketException("given up")));
    threads.execute(() -> lookUp(endpoint.host(), found));
    try {
      return AddressRace.interleaved(found.get(), MOST_ADDRESSES).stream()
          .map(address -> Route.to(address, endpoint.port(), proxy))
          .toList();
    } catch (ExecutionException e) {
      throw cannotConnect(
          Reason.NAME_NOT_FOUND, endpoint, List.of(endpoint + " (name not found)"), e.getCause());
    }
  }

  private void lookUp(String host, CompletableFuture<InetAddress[]> found) {
    try {
      found.complete(names.addresses(host));
    } catch (UnknownHostException | RuntimeException e) {
      found.completeExceptionally(e);
    }
  }

  private static ConnectionException failure(Endpoint endpoint, Map<String, Exception> failures) {
    List<String> tried = new ArrayList<>();
    Set<Reason> reasons = EnumSet.noneOf(Reason.class);
    Exception last = null;
    for (Map.Entry<String, Exception> failed : failures.entrySet()) {
      Reason reason = reason(failed.getValue());
      String why =
          switch (reason) {
            case TIMED_OUT -> "timed out";
            case REFUSED -> "refused";
            default -> "failed: " + Quoted.of(String.valueOf(failed.getValue().getMessage()));
          };
      reasons.add(reason);
      tried.add(failed.getKey() + " (" + why + ")");
      last = failed.getValue();
    }
    Reason reason = reasons.size() == 1 ? reasons.iterator().next() : Reason.UNREACHABLE;
    return cannotConnect(reason, endpoint, tried, last);
  }

  private static Reason reason(Exception failure) {
    // The JDK has one class for a peer that refuses and for a system that waited long enough.
    boolean late =
        failure instanceof SocketTimeoutException
            || failure instanceof ConnectException
                && String.valueOf(failure.getMessage()).contains("timed out");
    return late
        ? Reason.TIMED_OUT
        : failure instanceof ConnectException ? Reason.REFUSED : Reason.UNREACHABLE;
  }

  private static ConnectionException cannotConnect(
      Reason reason, Endpoint endpoint, List<String> tried, @Nullable Throwable cause) {
    return new ConnectionException(
        reason,
        "Cannot connect to "
            + endpoint
            + "; tried "
            + String.join(", ", tried)
            + ". Check host and port (docs/errors.md#cannot-connect)",
        cause);
  }

  /** Whoever listens or not, it is the proxy that says so. */
  private static ConnectionException failure(String name, Exception why) {
    return new ConnectionException(
        why instanceof SocketTimeoutException ? Reason.TIMED_OUT : Reason.UNREACHABLE,
        "Cannot connect to "
            + name
            + ": "
            + Quoted.of(String.valueOf(why.getMessage()))
            + ". See that the proxy runs and lets you through (docs/errors.md#proxy)",
        why);
  }
}
