package dev.bobbin.xmpp.bob.plugin;

import dev.bobbin.xmpp.api.jid.Jid;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How much each requester may still be served, so that none of them can have us read a store and
 * fill the connection for it alone.
 *
 * <p>A requester is a bare JID, since resources cost nothing. Of each there is one instant: when
 * all that it was served would be paid off at the allowed rate. Whom an answer without data would
 * move further than {@link #PATIENCE} from now is not answered, and nothing is looked up for it;
 * who is answered may have data in it that goes beyond that by the largest item. So nothing is
 * looked up in vain, but where several requests of one requester are looked up at once, and who
 * asks again and again is served at the allowed rate. A refusal costs nothing. Who has paid off is
 * not remembered. Of more than {@link #MOST_REQUESTERS} debtors the one that asked longest ago is
 * forgotten: somebody with so many accounts is not held back by a budget for each.
 *
 * <p>One lock guards everything.
 */
final class ServedBytes {
  /** What an answer costs beside its data, found or not. */
  static final int COST_OF_AN_ANSWER = 512;

  static final Duration PATIENCE = Duration.ofSeconds(8);
  static final int MOST_REQUESTERS = 10_000;

  private final long perSecond;
  private final Duration mostBefore;
  private final Duration mostWithData;
  private final InstantSource clock;
  private final Map<Jid, Instant> paidOff = new LinkedHashMap<>(16, 0.75f, true);

  /**
   * Makes a budget.
   *
   * @param perSecond bytes; 0 for no bound
   * @param maxItemBytes the size of the largest item; it can be served however low the rate is
   */
  ServedBytes(long perSecond, int maxItemBytes, InstantSource clock) {
    this.perSecond = perSecond;
    this.clock = clock;
    Duration answer = perSecond == 0 ? Duration.ZERO : time(COST_OF_AN_ANSWER);
    this.mostBefore = answer.compareTo(PATIENCE) > 0 ? answer : PATIENCE;
    this.mostWithData = perSecond == 0 ? PATIENCE : mostBefore.plus(time(maxItemBytes));
  }

  /** Charges for an answer, and tells whether there may be one; if not, nothing is charged. */
  boolean chargeAnswer(Jid requester) {
    return charge(requester, COST_OF_AN_ANSWER, mostBefore);
  }

  /** Charges for the data in an answer, and tells whether it may be sent. */
  boolean chargeData(Jid requester, int bytes) {
    return charge(requester, bytes, mostWithData);
  }

  private boolean charge(Jid requester, int bytes, Duration most) {
    if (perSecond == 0) {
      return true;
    }
    Jid account = requester.bare();
    Instant now = clock.instant();
    synchronized (paidOff) {
      Instant owed = paidOff.getOrDefault(account, now);
      // No debt was longer when it was made: the clock was set back.
      boolean clockWasSetBack = owed.isAfter(now.plus(mostWithData));
      Instant from = owed.isBefore(now) || clockWasSetBack ? now : owed;
      Instant to = from.plus(time(bytes));
      if (to.isAfter(now.plus(most))) {
        return false;
      }
      paidOff.put(account, to);
      forgetOne(now);
      return true;
    }
  }

  /** The one that asked longest ago, if it has paid off or if there are too many. */
  private void forgetOne(Instant now) {
    Map.Entry<Jid, Instant> eldest = paidOff.entrySet().iterator().next();
    if (paidOff.size() > MOST_REQUESTERS || eldest.getValue().isBefore(now)) {
      paidOff.remove(eldest.getKey());
    }
  }

  /** How many are remembered. */
  int size() {
    synchronized (paidOff) {
      return paidOff.size();
    }
  }

  private Duration time(long bytes) {
    return Duration.ofNanos(bytes * 1_000_000_000L / perSecond);
  }
}
