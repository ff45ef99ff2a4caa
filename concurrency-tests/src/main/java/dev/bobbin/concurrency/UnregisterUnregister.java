package dev.bobbin.concurrency;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/** Two scopes of one method are cleared. */
@JCStressTest
@Outcome(id = "d", expect = ACCEPTABLE, desc = "both are empty")
@Outcome(expect = FORBIDDEN, desc = "one came back")
@State
public class UnregisterUnregister extends Fixture {
  UnregisterUnregister() {
    register(SCOPE, "a");
    register(SCOPE, "b");
    register(OTHER_SCOPE, "c");
  }

  @Actor
  public void unregisterFirst() {
    unregister(SCOPE);
  }

  @Actor
  public void unregisterSecond() {
    unregister(OTHER_SCOPE);
  }

  @Arbiter
  public void after(L_Result result) {
    result.r1 = call();
  }
}
