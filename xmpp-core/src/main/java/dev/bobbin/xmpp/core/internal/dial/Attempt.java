package dev.bobbin.xmpp.core.internal.dial;

import java.io.Closeable;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * One address that is being connected to, on a thread of its own. Whoever closes it, at whatever
 * time, finds its socket closed in the end. It announces itself once as settled: by its own thread,
 * or by the closing one, since a thread that waits for the system's resolver (the name of a proxy)
 * or for an {@link java.net.Authenticator} cannot be woken. Guarded by its own monitor, which is
 * held for no I/O.
 */
final class Attempt implements Runnable, Closeable {
  private final Route route;
  private final Socket socket;
  private final int timeoutMillis;
  private final Queue<Attempt> announced;
  private boolean settled;
  private boolean closed;
  private @Nullable Exception failure;

  Attempt(Route route, int timeoutMillis, Queue<Attempt> announced) {
    this.route = route;
    this.socket = route.socket();
    this.timeoutMillis = timeoutMillis;
    this.announced = announced;
  }

  /** Connects. Blocks up to the time-out. */
  @Override
  public void run() {
    Exception problem = null;
    try {
      route.connect(socket, timeoutMillis);
    } catch (IOException | RuntimeException e) {
      problem = e;
    }
    if (problem != null || isClosed()) {
      // First, so that who learns of a failure finds nothing open.
      closeSocket();
    }
    settle(problem);
  }

  private synchronized void settle(@Nullable Exception problem) {
    if (!settled) {
      settled = true;
      failure = problem;
      announced.add(this);
    }
  }

  private synchronized boolean isClosed() {
    return closed;
  }

  /** Why it is not connected; null when it is. */
  synchronized @Nullable Exception failure() {
    return failure == null && closed ? new SocketException("given up") : failure;
  }

  String name() {
    return route.name();
  }

  Socket socket() {
    return socket;
  }

  @Override
  public void close() {
    synchronized (this) {
      closed = true;
    }
    closeSocket();
    settle(new SocketException("given up"));
  }

  private void closeSocket() {
    try {
      socket.close();
    } catch (IOException e) {
      // It is being thrown away.
    }
  }
}
