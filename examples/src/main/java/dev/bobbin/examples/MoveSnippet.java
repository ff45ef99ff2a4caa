package dev.bobbin.examples;

import dev.bobbin.xmpp.api.registry.ApiScope;
import dev.bobbin.xmpp.bob.Shelf;
import dev.bobbin.xmpp.bob.StoredBob;
import dev.bobbin.xmpp.bob.copy.BobStores;
import dev.bobbin.xmpp.bob.copy.CopyOptions;
import dev.bobbin.xmpp.bob.copy.CopyReport;
import dev.bobbin.xmpp.bob.plugin.BobPlugin;
import dev.bobbin.xmpp.bob.spi.BobStore;
import dev.bobbin.xmpp.core.XmppClient;
import java.io.IOException;
import java.time.Instant;
import java.util.function.Predicate;

final class MoveSnippet {
  private MoveSnippet() {}

  // tag::move[]
  static final Predicate<StoredBob> HOSTED = item -> item.key().shelf().equals(Shelf.HOSTED);

  /** What takes its time; the bot goes on. */
  static CopyReport move(XmppClient client, BobStore next) throws IOException {
    BobPlugin bob = client.plugin(BobPlugin.class);
    CopyReport most = BobStores.copy(bob.store(), next, CopyOptions.defaults().withFilter(HOSTED));
    bob.useStore(ApiScope.everywhere(), next); // hosts there from now on
    return most;
  }

  /** What was stored since the move began; to be run again, with the same begin, if it throws. */
  static CopyReport late(XmppClient client, BobStore next, Instant begin) throws IOException {
    Instant earlier = begin.minusSeconds(60); // puts that were under way count as later
    Predicate<StoredBob> since = item -> !item.storedAt().isBefore(earlier);
    BobStore old = client.plugin(BobPlugin.class).store();
    return BobStores.copy(old, next, CopyOptions.defaults().withFilter(HOSTED.and(since)));
  }
  // end::move[]
}
