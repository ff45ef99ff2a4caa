package dev.bobbin.concurrency;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/** Two registrations on two scopes of one method: neither is lost. */
@JCStressTest
@Outcome(id = "abd", expect = ACCEPTABLE, desc = "both are there, the more specific in front")
@Outcome(expect = FORBIDDEN, desc = "a registration was lost")
@State
public class RegisterRegisterElsewhere extends Fixture {
  @Actor
  public void registerSpecific() {
    register(SCOPE, "a");
  }

  @Actor
  public void registerEverywhere() {
    register(OTHER_SCOPE, "b");
  }

  @Arbiter
  public void after(L_Result result) {
    result.r1 = call();
  }
}
