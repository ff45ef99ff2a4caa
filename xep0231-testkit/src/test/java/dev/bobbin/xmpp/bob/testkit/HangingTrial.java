package dev.bobbin.xmpp.bob.testkit;

import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInfo;

/** The contract, for a store that hangs in some tests: these are not given long, the others are. */
abstract class HangingTrial extends MemoryTrial {
  private static final Duration BRIEF = Duration.ofMillis(300);

  private final Set<String> tests;
  private boolean hangs;

  HangingTrial(String... tests) {
    this.tests = Set.of(tests);
  }

  @BeforeEach
  void noteTest(TestInfo test) {
    hangs = tests.contains(test.getTestMethod().orElseThrow().getName());
  }

  @Override
  Duration patience() {
    return hangs ? BRIEF : super.patience();
  }
}
