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

/** A registration is closed while its scope is cleared and taken anew. */
@JCStressTest
@Outcome(id = "bd", expect = ACCEPTABLE, desc = "the new one stays")
@Outcome(expect = FORBIDDEN, desc = "the close hit the new one, or the old one survived")
@State
@SuppressWarnings("this-escape") // Nothing overrides what it calls while it is made.
public class CloseUnregister extends Fixture {
  private final Registration a = register(SCOPE, "a");

  @Actor
  public void close() {
    a.close();
  }

  @Actor
  public void unregister() {
    unregister(SCOPE);
    register(SCOPE, "b");
  }

  @Arbiter
  public void after(L_Result result) {
    result.r1 = call();
  }
}
