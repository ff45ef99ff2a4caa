package dev.bobbin.examples;

import dev.bobbin.xmpp.api.registry.ApiScope;
import dev.bobbin.xmpp.bob.copy.BobStores;
import dev.bobbin.xmpp.bob.copy.CopyReport;
import dev.bobbin.xmpp.bob.plugin.BobPlugin;
import dev.bobbin.xmpp.bob.spi.BobStore;
import dev.bobbin.xmpp.core.XmppClient;
import java.io.IOException;

final class MoveSnippet {
  private MoveSnippet() {}

  // tag::move[]
  static CopyReport move(XmppClient client, BobStore old, BobStore next) throws IOException {
    BobStores.copy(old, next); // takes its time; the bot goes on with the old one meanwhile
    client.plugin(BobPlugin.class).useStore(ApiScope.everywhere(), next); // hosts there from now on
    return BobStores.copy(old, next); // what came in between; what is there already is skipped
  }
  // end::move[]
}
