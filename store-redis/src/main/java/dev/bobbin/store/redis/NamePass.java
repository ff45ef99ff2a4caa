package dev.bobbin.store.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lettuce.core.KeyScanCursor;
import io.lettuce.core.ScanArgs;
import io.lettuce.core.ScanCursor;
import java.io.IOException;
import java.time.Duration;

/**
 * Reads all names of a prefix by SCAN, on one server or on each node of a cluster.
 *
 * <p>SCAN gives every name that is there from its beginning to its end, as long as it is one
 * process that is asked and no slot moves: a position means nothing to another process, and a name
 * that moves from a node that comes later to one that came before is never seen. So it is looked
 * whether that was so, and if not, all is read once more; while slots are on their way, it is
 * refused.
 */
final class NamePass implements KeyListing.Pass {

  /** Of items; others may have put longer names there, and as many come in one answer. */
  private static final int AT_ONCE = 1000;

  private static final int TRIES = 3;
  private static final Duration LONGEST = Duration.ofMinutes(5);
  private static final String WHAT = "list keys";

  private final Commands commands;
  private final RedisLink link;
  private final KeySpace keys;
  private final String place;

  NamePass(Commands commands, RedisLink link, KeySpace keys, String place) {
    this.commands = commands;
    this.link = link;
    this.keys = keys;
    this.place = place;
  }

  @Override
  public void run(KeyListing.Visitor visitor) throws IOException {
    long deadline = System.nanoTime() + LONGEST.toNanos();
    KeyPlaces before = places();
    for (int i = 0; i < TRIES && before.areSettled(); i++) {
      visitAll(visitor, deadline);
      KeyPlaces after = places();
      if (after.equals(before)) {
        return;
      }
      before = after;
    }
    throw Problems.unsettled(place);
  }

  private KeyPlaces places() throws IOException {
    return commands.result(commands.ask(WHAT, link::places, found -> found), WHAT);
  }

  private void visitAll(KeyListing.Visitor visitor, long deadline) throws IOException {
    ScanArgs how = ScanArgs.Builder.matches(keys.pattern().getBytes(UTF_8)).limit(AT_ONCE);
    ScanCursor position = ScanCursor.INITIAL;
    while (!position.isFinished()) {
      ScanCursor next = position;
      KeyScanCursor<byte[]> found =
          commands.result(
              commands.ask(WHAT, () -> link.commands().scan(next, how), all -> all), WHAT);
      found.getKeys().forEach(name -> keys.localOf(name).ifPresent(visitor::visit));
      position = found;
      if (System.nanoTime() - deadline > 0) {
        throw Problems.endless(place, LONGEST);
      }
    }
  }
}
