package dev.bobbin.concurrency;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/** A call while two handlers are registered, the less specific first. */
@JCStressTest
@Outcome(id = "d", expect = ACCEPTABLE, desc = "before both")
@Outcome(id = "bd", expect = ACCEPTABLE, desc = "between them")
@Outcome(id = "abd", expect = ACCEPTABLE, desc = "after both")
@Outcome(expect = FORBIDDEN, desc = "the second without the first, or none")
@State
public class RegisterCall extends Fixture {
  @Actor
  public void register() {
    register(OTHER_SCOPE, "b");
    register(SCOPE, "a");
  }

  @Actor
  public void call(L_Result result) {
    result.r1 = call();
  }
}
