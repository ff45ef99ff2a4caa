package dev.bobbin.concurrency;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.bobbin.xmpp.bob.StoredBob;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZL_Result;

/** A hosted and a received item where there is room for one: hosted ones are not pushed out. */
@JCStressTest
@Outcome(id = "true, true, h", expect = ACCEPTABLE, desc = "the received one came first and went")
@Outcome(id = "true, false, h", expect = ACCEPTABLE, desc = "the received one was refused")
@Outcome(expect = FORBIDDEN, desc = "the hosted one is gone, or there are two, or counted wrongly")
@State
public class StorePutPutFull extends StoreFixture {
  private static final StoredBob HOSTED = hosted("c", "h");
  private static final StoredBob RECEIVED = received("d", "r");

  @Actor
  public void host(ZZL_Result result) {
    result.r1 = put(HOSTED);
  }

  @Actor
  public void receive(ZZL_Result result) {
    result.r2 = put(RECEIVED);
  }

  @Arbiter
  public void after(ZZL_Result result) {
    result.r3 = all();
  }
}
