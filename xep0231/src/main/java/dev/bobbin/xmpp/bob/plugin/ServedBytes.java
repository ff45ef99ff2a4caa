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
 * all that it was served would be paid off at the allowed rate. What would move that instant
 * further than {@link #PATIENCE} from now is not served. Who has paid off is not remembered. Of
 * more than {@link #MOST_REQUESTERS} debtors the one that asked longest ago is forgotten: somebody
 * with so many accounts is not held back by a budget for each.
 *
 * <p>One lock guards everything.
 */
final class ServedBytes {
  /** What an answer costs beside its data, found or not. */
  static final int COST_OF_AN_ANSWER = 512;

  static final Duration PATIENCE = Duration.ofSeconds(8);
  static final int MOST_REQUESTERS = 10_000;

  private final long perSecond;
  private final Duration patience;
  private final InstantSource clock;
  private final Map<Jid, Instant> paidOff = new LinkedHashMap<>(16, 0.75f, true);

  /**
   * Makes a budget.
   *
   * @param perSecond bytes; 0 for no bound
   * @param maxItemBytes what can always be served to one that was served nothing lately
   */
  ServedBytes(long perSecond, int maxItemBytes, InstantSource clock) {
    this.perSecond = perSecond;
    this.clock = clock;
    Duration largest =
        perSecond == 0 ? Duration.ZERO : time((long) COST_OF_AN_ANSWER + maxItemBytes);
    this.patience = largest.compareTo(PATIENCE) > 0 ? largest : PATIENCE;
  }

  /** Charges a requester, and tells whether it may be served; if not, it is charged nothing. */
  boolean charge(Jid requester, int bytes) {
    if (perSecond == 0) {
      return true;
    }
    Jid account = requester.bare();
    Instant now = clock.instant();
    Instant latest = now.plus(patience);
    synchronized (paidOff) {
      Instant owed = paidOff.getOrDefault(account, now);
      // No debt was longer when it was made: the clock was set back.
      boolean clockWasSetBack = owed.isAfter(latest);
      Instant from = owed.isBefore(now) || clockWasSetBack ? now : owed;
      Instant to = from.plus(time(bytes));
      if (to.isAfter(latest)) {
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
