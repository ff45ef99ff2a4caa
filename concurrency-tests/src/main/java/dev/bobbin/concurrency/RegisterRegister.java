package dev.bobbin.concurrency;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/** Two registrations on one scope: neither is lost. */
@JCStressTest
@Outcome(id = "abd", expect = ACCEPTABLE, desc = "a came last")
@Outcome(id = "bad", expect = ACCEPTABLE, desc = "b came last")
@Outcome(expect = FORBIDDEN, desc = "a registration was lost")
@State
public class RegisterRegister extends Fixture {
  @Actor
  public void registerFirst() {
    register(SCOPE, "a");
  }

  @Actor
  public void registerSecond() {
    register(SCOPE, "b");
  }

  @Arbiter
  public void after(L_Result result) {
    result.r1 = call();
  }
}
