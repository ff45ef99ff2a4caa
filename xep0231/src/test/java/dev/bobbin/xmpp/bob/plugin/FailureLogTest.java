package dev.bobbin.xmpp.bob.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;

/** What stands in the log of failures that come often. */
class FailureLogTest {
  private final List<String> lines = new ArrayList<>();
  private final FailureLog failures = new FailureLog(logger(), "It cannot be done");

  /** Writes down what is called, and with what. */
  private Logger logger() {
    return (Logger)
        Proxy.newProxyInstance(
            Logger.class.getClassLoader(),
            new Class<?>[] {Logger.class},
            (proxy, method, args) -> {
              lines.add(method.getName() + " " + Arrays.deepToString(args));
              return null;
            });
  }

  @Test
  void failed_manyTimes_isLoggedOnceWithItsTraceAndCountedWhenItIsOver() {
    failures.worked();
    for (int i = 0; i < 1000; i++) {
      failures.failed(new IOException("full"));
    }
    String first =
        "warn [{}; more such failures are counted until it works again, It cannot be done,"
            + " java.io.IOException: full]";
    assertThat(lines).containsExactly(first);

    failures.worked();
    failures.worked();
    assertThat(lines)
        .containsExactly(
            first, "warn [{}; that was so {} times and is over, It cannot be done, 1000]");
    failures.failed(new IOException("full"));
    assertThat(lines).hasSize(3).last().isEqualTo(first);
    failures.worked();
    assertThat(lines).as("one was told of in full").hasSize(3);
  }
}
