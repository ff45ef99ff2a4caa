package dev.bobbin.xmpp.core.internal.dial;

import java.io.Closeable;
import java.io.IOException;
import java.net.Proxy;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * One address that is being connected to, on a thread of its own. Whoever closes it, at whatever
 * time, finds its socket closed in the end, and it announces itself as settled: by its own thread
 * or, where that cannot be woken, by the closing one. Guarded by its own monitor, which is held for
 * no I/O.
 *
 * <p>The socket of an HTTP proxy is the one that cannot be closed before it is connected: the JDK
 * has another under way by then and would put it, open, into the one that was closed.
 */
final class Attempt implements Runnable, Closeable {
  private final Socket socket;
  private final SocketAddress address;
  private final String name;
  private final int timeoutMillis;
  private final boolean tunnel;
  private final Queue<Attempt> settled;
  private boolean done;
  private boolean closed;
  private @Nullable Exception failure;

  Attempt(Route route, int timeoutMillis, Queue<Attempt> settled) {
    this.socket = route.socket();
    this.address = route.address();
    this.name = route.name();
    this.tunnel = route.proxy() != null && route.proxy().type() == Proxy.Type.HTTP;
    this.timeoutMillis = timeoutMillis;
    this.settled = settled;
  }

  /** Connects. Blocks up to the time-out. */
  @Override
  public void run() {
    Exception problem = null;
    try {
      // By HTTP, the time-out of connecting ends when the proxy accepts; this one is for its
      // answer.
      socket.setSoTimeout(tunnel ? timeoutMillis : 0);
      socket.connect(address, timeoutMillis);
      socket.setSoTimeout(0);
      socket.setTcpNoDelay(true);
    } catch (IOException | RuntimeException e) {
      problem = e;
    }
    boolean unwanted;
    synchronized (this) {
      done = true;
      failure = problem;
      unwanted = closed || problem != null;
    }
    if (unwanted) {
      closeSocket();
    }
    settled.add(this);
  }

  /** Why it is not connected; null when it is. */
  synchronized @Nullable Exception failure() {
    return failure == null && closed ? new SocketException("given up") : failure;
  }

  String name() {
    return name;
  }

  Socket socket() {
    return socket;
  }

  @Override
  public void close() {
    synchronized (this) {
      closed = true;
      if (tunnel && !done) {
        settled.add(this);
        return;
      }
    }
    closeSocket();
  }

  private void closeSocket() {
    try {
      socket.close();
    } catch (IOException e) {
      // It is being thrown away.
    }
  }
}
