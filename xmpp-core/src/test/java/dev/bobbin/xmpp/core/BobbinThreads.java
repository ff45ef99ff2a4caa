package dev.bobbin.xmpp.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.stream.Collectors;

/** The platform threads of clients; virtual ones are in no list that the JVM hands out. */
final class BobbinThreads {
  private BobbinThreads() {}

  static Set<Thread> now() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("bobbin-"))
        .collect(Collectors.toSet());
  }

  /** Fails if a thread that was not there before does not end. */
  static void assertGone(Set<Thread> before) throws InterruptedException {
    for (Thread thread : now()) {
      if (!before.contains(thread)) {
        thread.join(10_000);
        assertThat(thread.isAlive()).as(thread.getName()).isFalse();
      }
    }
  }
}
