package dev.bobbin.concurrency;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.bobbin.xmpp.api.registry.Registration;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/** A call while the handler in the middle of its chain is closed. */
@JCStressTest
@Outcome(id = "cbad", expect = ACCEPTABLE, desc = "before")
@Outcome(id = "cad", expect = ACCEPTABLE, desc = "after")
@Outcome(expect = FORBIDDEN, desc = "a chain that was never there")
@State
public class CloseCall extends Fixture {
  private final Registration b;

  CloseCall() {
    register(OTHER_SCOPE, "a");
    b = register(SCOPE, "b");
    register(SCOPE, "c");
  }

  @Actor
  public void close() {
    b.close();
  }

  @Actor
  public void call(L_Result result) {
    result.r1 = call();
  }
}
