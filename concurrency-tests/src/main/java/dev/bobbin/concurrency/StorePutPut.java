package dev.bobbin.concurrency;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.bobbin.xmpp.bob.StoredBob;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/** Two items under one key of a store that has room for one. */
@JCStressTest
@Outcome(id = "a", expect = ACCEPTABLE, desc = "a came last")
@Outcome(id = "b", expect = ACCEPTABLE, desc = "b came last")
@Outcome(expect = FORBIDDEN, desc = "none, or both, or counted wrongly")
@State
public class StorePutPut extends StoreFixture {
  private static final StoredBob A = received("c", "a");
  private static final StoredBob B = received("c", "b");

  @Actor
  public void putFirst() {
    put(A);
  }

  @Actor
  public void putSecond() {
    put(B);
  }

  @Arbiter
  public void after(L_Result result) {
    result.r1 = all();
  }
}
