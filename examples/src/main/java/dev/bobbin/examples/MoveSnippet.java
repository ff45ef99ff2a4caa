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
import java.util.List;
import java.util.function.Predicate;

final class MoveSnippet {
  private MoveSnippet() {}

  // tag::move[]
  static List<CopyReport> move(XmppClient client, BobStore next) throws IOException {
    BobPlugin bob = client.plugin(BobPlugin.class);
    Instant begin = Instant.now().minusSeconds(60); // puts that are under way count as later
    Predicate<StoredBob> hosted = item -> item.key().shelf().equals(Shelf.HOSTED);
    Predicate<StoredBob> since = item -> !item.storedAt().isBefore(begin);
    CopyOptions all = CopyOptions.defaults().withFilter(hosted);
    CopyReport most = BobStores.copy(bob.store(), next, all); // takes its time; the bot goes on
    bob.useStore(ApiScope.everywhere(), next); // hosts there from now on
    CopyOptions late = CopyOptions.defaults().withFilter(hosted.and(since));
    return List.of(most, BobStores.copy(bob.store(), next, late)); // what came in between
  }
  // end::move[]
}
