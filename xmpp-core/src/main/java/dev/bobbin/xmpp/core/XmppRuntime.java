package dev.bobbin.xmpp.core;

import dev.bobbin.xmpp.core.internal.plugin.OverlookedPlugins;
import dev.bobbin.xmpp.core.internal.runtime.Threads;

/**
 * The threads and the timer that clients run on. A client that is given none makes and closes its
 * own; give one runtime to many clients where there are many.
 *
 * <p>Where the JVM has no virtual threads, at most 1,024 handlers, listeners and continuations can
 * wait for futures at once; {@code join()} and {@code get()} throw {@link
 * java.util.concurrent.RejectedExecutionException} for one more, so that what they all wait for can
 * still happen.
 *
 * <p>It remembers which plugins and stores in a packed jar are overlooked, so that the first client
 * alone reads that jar.
 *
 * <p>All threads are daemons: they do not keep the JVM running. Thread-safe.
 */
public final class XmppRuntime implements AutoCloseable {
  private final Threads threads = new Threads();
  private final OverlookedPlugins overlooked = new OverlookedPlugins();

  private XmppRuntime() {}

  /**
   * Makes a runtime: virtual threads where the JVM has them, otherwise a pool of platform threads.
   *
   * @return a runtime, to be closed after the clients that use it
   */
  public static XmppRuntime create() {
    return new XmppRuntime();
  }

  Threads threads() {
    return threads;
  }

  OverlookedPlugins overlooked() {
    return overlooked;
  }

  /** Ends its threads once what runs on them has ended. Idempotent. */
  @Override
  public void close() {
    threads.close();
  }
}
