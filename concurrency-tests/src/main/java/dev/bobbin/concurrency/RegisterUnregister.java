package dev.bobbin.concurrency;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/** A registration while its scope is cleared: it is taken away or comes after. */
@JCStressTest
@Outcome(id = "bd", expect = ACCEPTABLE, desc = "it came after")
@Outcome(id = "d", expect = ACCEPTABLE, desc = "it came before and went too")
@Outcome(expect = FORBIDDEN, desc = "the old one survived")
@State
public class RegisterUnregister extends Fixture {
  RegisterUnregister() {
    register(SCOPE, "a");
  }

  @Actor
  public void register() {
    register(SCOPE, "b");
  }

  @Actor
  public void unregister() {
    unregister(SCOPE);
  }

  @Arbiter
  public void after(L_Result result) {
    result.r1 = call();
  }
}
