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

/** A registration while the one below it is closed. */
@JCStressTest
@Outcome(id = "bd", expect = ACCEPTABLE, desc = "one came, one went")
@Outcome(expect = FORBIDDEN, desc = "one change undid the other")
@State
@SuppressWarnings("this-escape") // Nothing overrides what it calls while it is made.
public class RegisterClose extends Fixture {
  private final Registration a = register(SCOPE, "a");

  @Actor
  public void register() {
    register(SCOPE, "b");
  }

  @Actor
  public void close() {
    a.close();
  }

  @Arbiter
  public void after(L_Result result) {
    result.r1 = call();
  }
}
