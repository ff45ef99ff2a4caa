package dev.bobbin.benchmarks;

import java.time.Duration;

/** Something whose exchanges are measured. */
interface Workload {
  /** What the table calls it. */
  String name();

  /**
   * Exchanges as fast as it goes. Blocks until the last exchange has ended.
   *
   * @param inFlight how many at once
   * @param time after what time none is begun any more
   * @param most after how many none is begun any more
   * @throws Exception when one exchange fails; the run then says nothing
   */
  Measurement run(int inFlight, Duration time, int most) throws Exception;
}
