package dev.bobbin.xmpp.bob.plugin;

import dev.bobbin.xmpp.api.jid.Jid;
import java.util.HashMap;
import java.util.Map;

/**
 * Places for items that wait for somebody else, of which no sender takes those of all others. A
 * sender is a bare JID, since resources cost nothing. Thread-safe.
 */
final class Places {
  static final int OF_ALL = 256;
  static final int OF_ONE_SENDER = 32;

  private final Map<Jid, Integer> taken = new HashMap<>();
  private int all;

  /** Takes a place, to be left later, if there is one. */
  synchronized boolean enter(Jid sender) {
    int before = taken.getOrDefault(sender.bare(), 0);
    if (all == OF_ALL || before == OF_ONE_SENDER) {
      return false;
    }
    taken.put(sender.bare(), before + 1);
    all++;
    return true;
  }

  synchronized void leave(Jid sender) {
    taken.computeIfPresent(sender.bare(), (jid, count) -> count == 1 ? null : count - 1);
    all--;
  }
}
