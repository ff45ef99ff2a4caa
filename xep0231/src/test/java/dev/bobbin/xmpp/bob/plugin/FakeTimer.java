package dev.bobbin.xmpp.bob.plugin;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A time that passes when a test says so, and what is to be done later. */
final class FakeTimer {
  Instant now = Instant.parse("2026-01-01T00:00:00Z");
  boolean off;
  private final List<Later> waiting = new ArrayList<>();

  private record Later(Duration delay, Runnable task) {}

  /** After which times something is to be done. */
  List<Duration> delays() {
    return waiting.stream().map(Later::delay).toList();
  }

  /** Lets time pass, and does what waited. */
  void pass(Duration time) {
    now = now.plus(time);
    List<Later> due = List.copyOf(waiting);
    waiting.clear();
    due.forEach(later -> later.task().run());
  }

  void after(Duration delay, Runnable task) {
    if (off) {
      throw new IllegalStateException("off");
    }
    waiting.add(new Later(delay, task));
  }
}
