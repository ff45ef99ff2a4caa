package dev.bobbin.concurrency;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLI_Result;

/** Two calls at once: each has its own outcome, and runs the handler once. */
@JCStressTest
@Outcome(id = "ad, ad, 2", expect = ACCEPTABLE, desc = "each ran it")
@Outcome(expect = FORBIDDEN, desc = "a call was lost, doubled or mixed up with the other")
@State
public class CallCall extends Fixture {
  private final AtomicInteger runs = new AtomicInteger();

  CallCall() {
    register(
        SCOPE,
        call -> {
          runs.incrementAndGet();
          return call.proceed(call.args()).thenApply("a"::concat);
        });
  }

  @Actor
  public void callFirst(LLI_Result result) {
    result.r1 = call();
  }

  @Actor
  public void callSecond(LLI_Result result) {
    result.r2 = call();
  }

  @Arbiter
  public void after(LLI_Result result) {
    result.r3 = runs.get();
  }
}
