package dev.bobbin.xmpp.testkit;

import dev.bobbin.xmpp.api.jid.Jid;
import dev.bobbin.xmpp.api.xml.XmlElement;
import dev.bobbin.xmpp.testkit.SaslNegotiation.Authenticated;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * One client's connection, from accept to close.
 *
 * <p>Concurrency: a reader thread runs {@link #run}. Until a resource is bound it reads and writes
 * in turn; from then on a writer thread alone writes, fed by an {@link Outbound}, and the reader
 * routes. Neither can be stopped by interrupting it; both end when the TCP socket is closed, which
 * any thread does through {@link #abort}. The TLS socket is never closed: its {@code close} would
 * wait for a stalled write. A timer aborts what has not bound a resource in time, and what lingers
 * after its last words.
 */
final class Connection {
  private static final System.Logger LOG = System.getLogger(LoopbackServer.class.getName());
  private static final Duration LINGER = Duration.ofSeconds(2);

  private final ServerContext context;
  private final ServerSettings settings;
  private final Socket socket;
  private final boolean direct;
  private final Thread reader;
  private volatile @Nullable SSLSocket tls;
  private volatile @Nullable XmlStream stream;
  private volatile @Nullable Outbound outbound;
  private volatile @Nullable Session session;
  private volatile @Nullable Thread writer;
  private volatile boolean shuttingDown;
  private volatile boolean ended;

  /**
   * Takes a socket.
   *
   * @param direct whether TLS begins with the first byte
   */
  Connection(ServerContext context, Socket socket, boolean direct, Consumer<Connection> onEnd) {
    this.context = context;
    this.settings = context.settings();
    this.socket = socket;
    this.direct = direct;
    this.reader = thread("reader", () -> run(onEnd));
  }

  void start() {
    reader.start();
  }

  /** Ends at once, without a word. Idempotent; never blocks. */
  void abort() {
    try {
      socket.close();
    } catch (IOException e) {
      LOG.log(System.Logger.Level.DEBUG, "A connection could not be closed", e);
    }
    Outbound queue = outbound;
    if (queue != null) {
      queue.stop();
    }
    Session bound = session;
    if (bound != null) {
      context.sessions().unbind(bound);
    }
  }

  /** Ends with {@code system-shutdown}, as soon as what waits is written. Never blocks. */
  void shutDown() {
    shuttingDown = true;
    Outbound queue = outbound;
    String words = new StreamFault("system-shutdown", "the server closes").toXml();
    if (queue == null || !queue.finish(words + XmlStream.CLOSE)) {
      abort();
    }
  }

  /**
   * Ends the stream of a client that has bound a resource, which then has a while to end its own.
   * Nothing that it still sends is acted on. Never blocks.
   */
  void endStream(StreamFault fault) {
    Session bound = session;
    Outbound queue = outbound;
    if (bound == null || queue == null) {
      return;
    }
    ended = true;
    context.sessions().unbind(bound);
    if (queue.finish(fault.toXml() + XmlStream.CLOSE)) {
      abortAfter(LINGER);
    }
  }

  /** Waits for its threads, but for the one that asks. */
  void join(Duration atMost) throws InterruptedException {
    long end = System.nanoTime() + atMost.toNanos();
    for (Thread thread : new Thread[] {reader, writer}) {
      if (thread != null && thread != Thread.currentThread()) {
        thread.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime())));
      }
    }
  }

  private void run(Consumer<Connection> onEnd) {
    Future<?> deadline = abortAfter(settings.authenticationTimeout());
    try {
      Session bound = negotiate();
      deadline.cancel(false);
      XmlStream opened = requireStream();
      while (true) {
        XmlElement stanza = opened.read();
        if (!ended) {
          context.router().submit(bound, stanza);
        }
      }
    } catch (StreamClosed e) {
      end("");
    } catch (StreamFault e) {
      end(e.toXml());
    } catch (IOException e) {
      // The client is gone, or the connection was aborted: nobody is left to tell.
      LOG.log(System.Logger.Level.DEBUG, "A connection ended", e);
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.WARNING, "A connection ends: interceptor or server failed", e);
      end(new StreamFault("internal-server-error", "the server failed").toXml());
    } finally {
      deadline.cancel(false);
      abort();
      onEnd.accept(this);
    }
  }

  private Session negotiate() throws IOException {
    Negotiation negotiation = new Negotiation(settings);
    Turnarounds turnarounds = new Turnarounds();
    byte[] early = direct ? new byte[0] : startTls(negotiation, turnarounds);
    SSLSocket channel = context.requireTls().accept(socket, early, direct);
    tls = channel;
    XmlStream secure = open(channel, turnarounds);
    Authenticated client = negotiation.authenticate(secure, channel.getSession());
    Session bound =
        negotiation.bind(
            secure,
            client.account(),
            context.sessions(),
            (jid, result) -> {
              context.logins().add(client.login(jid, direct, turnarounds.count()));
              return welcome(secure, jid, result);
            });
    Thread started = thread("writer", this::write);
    writer = started;
    started.start();
    return bound;
  }

  /** Gives what the client has sent of its handshake already. */
  private byte[] startTls(Negotiation negotiation, Turnarounds turnarounds) throws IOException {
    XmlStream plain = open(socket, turnarounds);
    negotiation.startTls(plain);
    // What can fail from here on until the new stream is open has no stream to be told on.
    stream = null;
    byte[] early = plain.takeUnread();
    turnarounds.reads();
    return early;
  }

  private XmlStream open(Socket on, Turnarounds turnarounds) throws IOException {
    XmlStream opened =
        new XmlStream(
            settings.domain(),
            turnarounds.counted(on.getInputStream(), socket.getInputStream()),
            on.getOutputStream(),
            settings.maxStanzaBytes(),
            turnarounds);
    stream = opened;
    return opened;
  }

  private Session welcome(XmlStream secure, Jid jid, XmlElement result) {
    Outbound queue = new Outbound(secure.out(), settings.maxQueuedBytes());
    Session bound = new Session(jid, queue, this::abort);
    bound.deliver(result);
    outbound = queue;
    session = bound;
    return bound;
  }

  private void write() {
    try {
      requireOutbound().drain();
      closeOutput();
      if (shuttingDown) {
        abort();
      }
    } catch (IOException | InterruptedException e) {
      // Nobody interrupts this thread; the reader learns from the closed socket.
      abort();
    }
  }

  /**
   * Says last words. Then reads on for a while: closing a socket that holds unread bytes resets the
   * connection, and the client would lose those words.
   */
  private void end(String words) {
    Session bound = session;
    if (bound != null) {
      context.sessions().unbind(bound);
    }
    Future<?> deadline = abortAfter(LINGER);
    try {
      Outbound queue = outbound;
      XmlStream opened = stream;
      if (queue != null) {
        queue.finish(words + XmlStream.CLOSE);
      } else if (opened != null) {
        opened.end(words);
        closeOutput();
      }
      discardInput();
      Thread writing = writer;
      if (writing != null) {
        writing.join();
      }
    } catch (IOException | InterruptedException e) {
      LOG.log(System.Logger.Level.DEBUG, "A connection ended before its last words", e);
    } finally {
      deadline.cancel(false);
    }
  }

  private void discardInput() throws IOException {
    InputStream in = socket.getInputStream();
    byte[] ignored = new byte[8192];
    int read = 0;
    while (read >= 0) {
      read = in.read(ignored);
    }
  }

  private void closeOutput() throws IOException {
    SSLSocket secure = tls;
    if (secure != null) {
      secure.shutdownOutput();
    }
    if (!socket.isOutputShutdown()) {
      socket.shutdownOutput();
    }
  }

  private Future<?> abortAfter(Duration time) {
    return context.timer().schedule(this::abort, time.toMillis(), TimeUnit.MILLISECONDS);
  }

  private XmlStream requireStream() {
    return Objects.requireNonNull(stream, "stream");
  }

  private Outbound requireOutbound() {
    return Objects.requireNonNull(outbound, "outbound");
  }

  private Thread thread(String role, Runnable body) {
    String name =
        "loopback-server " + socket.getLocalPort() + ' ' + role + " of " + socket.getPort();
    Thread thread = new Thread(body, name);
    thread.setDaemon(true);
    return thread;
  }
}
