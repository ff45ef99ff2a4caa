package dev.bobbin.concurrency;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZL_Result;

/** Two defaults for one method: exactly one is taken, the other is an error. */
@JCStressTest
@Outcome(id = "true, false, e", expect = ACCEPTABLE, desc = "the first was")
@Outcome(id = "false, true, f", expect = ACCEPTABLE, desc = "the second was")
@Outcome(expect = FORBIDDEN, desc = "both or neither were")
@State
public class DefaultDefault extends Fixture {
  DefaultDefault() {
    ofDefault.close();
  }

  @Actor
  public void registerFirst(ZZL_Result result) {
    result.r1 = taken("e");
  }

  @Actor
  public void registerSecond(ZZL_Result result) {
    result.r2 = taken("f");
  }

  @Arbiter
  public void after(ZZL_Result result) {
    result.r3 = call();
  }

  private boolean taken(String name) {
    try {
      registerDefault(name);
      return true;
    } catch (IllegalStateException e) {
      return false;
    }
  }
}
