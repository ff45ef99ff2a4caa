package dev.bobbin.concurrency;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/** A call while its scope, which holds two, is cleared. */
@JCStressTest
@Outcome(id = "bad", expect = ACCEPTABLE, desc = "before")
@Outcome(id = "d", expect = ACCEPTABLE, desc = "after")
@Outcome(expect = FORBIDDEN, desc = "half of the scope, or none")
@State
public class UnregisterCall extends Fixture {
  UnregisterCall() {
    register(SCOPE, "a");
    register(SCOPE, "b");
  }

  @Actor
  public void unregister() {
    unregister(SCOPE);
  }

  @Actor
  public void call(L_Result result) {
    result.r1 = call();
  }
}
