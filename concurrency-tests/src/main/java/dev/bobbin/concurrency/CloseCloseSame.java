package dev.bobbin.concurrency;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.bobbin.xmpp.api.registry.Registration;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/** Both actors close one registration: nothing else goes. */
@JCStressTest
@Outcome(id = "cad", expect = ACCEPTABLE, desc = "it went once")
@Outcome(expect = FORBIDDEN, desc = "it stayed, or another went")
@State
public class CloseCloseSame extends Fixture {
  private final Registration b;

  CloseCloseSame() {
    register(SCOPE, "a");
    b = register(SCOPE, "b");
    register(SCOPE, "c");
  }

  @Actor
  public void closeFirst() {
    b.close();
  }

  @Actor
  public void closeSecond() {
    b.close();
  }

  @Arbiter
  public void after(L_Result result) {
    result.r1 = call();
  }
}
