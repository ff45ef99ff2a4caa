package dev.bobbin.benchmarks;

import dev.bobbin.xmpp.bob.spi.BobStore;
import java.time.Duration;

/**
 * The steps of a {@link StoreMix} on a store. An exchange is {@value #STEPS} of them: to look at
 * the clock would take as long as one.
 */
final class StoreWorkload implements Workload {
  static final int STEPS = 1000;

  private final String name;
  private final BobStore store;
  private final StoreMix mix;

  StoreWorkload(String name, BobStore store, StoreMix mix) {
    this.name = name;
    this.store = store;
    this.mix = mix;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Measurement run(int inFlight, Duration time, int most) throws Exception {
    Recorder recorder = new Recorder(time.toNanos(), most);
    AtOnce.run(
        inFlight,
        random -> {
          long now = System.nanoTime();
          while (recorder.begin(now)) {
            for (int i = 0; i < STEPS; i++) {
              mix.step(store, random);
            }
            long end = System.nanoTime();
            recorder.end(end - now);
            now = end;
          }
        });
    return recorder.finish();
  }
}
