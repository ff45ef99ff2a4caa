package dev.bobbin.concurrency;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.bobbin.xmpp.api.registry.Registration;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/**
 * A call while a handler moves to another scope: the new one is registered, then the old one
 * closed.
 */
@JCStressTest
@Outcome(id = "ad", expect = ACCEPTABLE, desc = "before")
@Outcome(id = "bad", expect = ACCEPTABLE, desc = "between")
@Outcome(id = "bd", expect = ACCEPTABLE, desc = "after")
@Outcome(expect = FORBIDDEN, desc = "neither, though one was always there")
@State
@SuppressWarnings("this-escape") // Nothing overrides what it calls while it is made.
public class MoveCall extends Fixture {
  private final Registration a = register(OTHER_SCOPE, "a");

  @Actor
  public void move() {
    register(SCOPE, "b");
    a.close();
  }

  @Actor
  public void call(L_Result result) {
    result.r1 = call();
  }
}
