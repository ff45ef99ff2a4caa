package dev.bobbin.concurrency;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.bobbin.xmpp.bob.StoredBob;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZL_Result;

/** An item is put and deleted. */
@JCStressTest
@Outcome(id = "true, ", expect = ACCEPTABLE, desc = "put, then deleted")
@Outcome(id = "false, a", expect = ACCEPTABLE, desc = "deleted in vain, then put")
@Outcome(expect = FORBIDDEN, desc = "there although deleted, gone although not, or counted wrongly")
@State
public class StorePutDelete extends StoreFixture {
  private static final StoredBob A = received("c", "a");

  @Actor
  public void put() {
    put(A);
  }

  @Actor
  public void delete(ZL_Result result) {
    result.r1 = delete(A);
  }

  @Arbiter
  public void after(ZL_Result result) {
    result.r2 = all();
  }
}
