package dev.bobbin.xmpp.core;

import dev.bobbin.xmpp.core.internal.connection.Timeouts;
import java.time.Duration;

/** Which time-outs an {@link XmppClientBuilder} was given. For use by one thread. */
final class TimeoutChoice {
  private static final Duration LEAST = Duration.ofMillis(1);

  /** What a socket can wait for. */
  private static final Duration MOST = Duration.ofMillis(Integer.MAX_VALUE);

  private Duration connect = Duration.ofSeconds(10);
  private Duration step = Duration.ofSeconds(10);
  private Duration login = Duration.ofSeconds(30);
  private Duration request = Duration.ofSeconds(15);
  private Duration stall = Duration.ofSeconds(30);

  void connect(Duration timeout) {
    connect = checked(timeout);
  }

  void step(Duration timeout) {
    step = checked(timeout);
  }

  void login(Duration timeout) {
    login = checked(timeout);
  }

  void request(Duration timeout) {
    request = checked(timeout);
  }

  void stall(Duration timeout) {
    stall = checked(timeout);
  }

  /** Compared as they are: the longest durations have no number of milliseconds. */
  private static Duration checked(Duration timeout) {
    if (timeout.compareTo(LEAST) < 0 || timeout.compareTo(MOST) > 0) {
      throw new IllegalArgumentException("a time-out is from 1 ms to 24 days, not " + timeout);
    }
    return timeout;
  }

  Timeouts made() {
    return new Timeouts(connect, step, login, request, stall);
  }
}
