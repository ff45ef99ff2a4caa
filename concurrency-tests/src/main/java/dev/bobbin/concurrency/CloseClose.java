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

/** Two registrations of one stack are closed, the lowest and the uppermost. */
@JCStressTest
@Outcome(id = "bd", expect = ACCEPTABLE, desc = "the one in the middle stays")
@Outcome(expect = FORBIDDEN, desc = "one came back, or too many went")
@State
public class CloseClose extends Fixture {
  private final Registration a;
  private final Registration c;

  CloseClose() {
    a = register(SCOPE, "a");
    register(SCOPE, "b");
    c = register(SCOPE, "c");
  }

  @Actor
  public void closeLowest() {
    a.close();
  }

  @Actor
  public void closeUppermost() {
    c.close();
  }

  @Arbiter
  public void after(L_Result result) {
    result.r1 = call();
  }
}
