package dev.bobbin.store.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RenewalPaceTest {
  private final RenewalPace pace = new RenewalPace();

  private boolean isDue(int second) {
    return pace.isDue(TimeUnit.SECONDS.toNanos(second));
  }

  @Test
  void isDue_refusedAllTheTime_isEverMoreSeldomUpToAMinute() {
    assertThat(IntStream.rangeClosed(0, 250).filter(this::isDue))
        .containsExactly(0, 1, 3, 7, 15, 31, 63, 123, 183, 243);
  }

  @Test
  void isDue_afterALongTime_beginsAnew() {
    assertThat(IntStream.of(0, 1, 3, 7).filter(this::isDue)).hasSize(4);
    assertThat(IntStream.of(200, 201, 202, 203).filter(this::isDue)).containsExactly(200, 201, 203);
  }
}
