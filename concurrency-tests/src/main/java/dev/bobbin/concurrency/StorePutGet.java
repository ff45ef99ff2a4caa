package dev.bobbin.concurrency;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.bobbin.xmpp.bob.StoredBob;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LL_Result;

/** An item is replaced while it is looked for twice: it is never absent. */
@JCStressTest
@Outcome(id = "a, a", expect = ACCEPTABLE, desc = "before")
@Outcome(id = "a, b", expect = ACCEPTABLE, desc = "meanwhile")
@Outcome(id = "b, b", expect = ACCEPTABLE, desc = "after")
@Outcome(expect = FORBIDDEN, desc = "absent, or back again")
@State
public class StorePutGet extends StoreFixture {
  private static final StoredBob A = received("c", "a");
  private static final StoredBob B = received("c", "b");

  StorePutGet() {
    put(A);
  }

  @Actor
  public void replace() {
    put(B);
  }

  @Actor
  public void look(LL_Result result) {
    result.r1 = get(A);
    result.r2 = get(A);
  }
}
