package dev.bobbin.examples;

import dev.bobbin.xmpp.api.jid.Jid;
import dev.bobbin.xmpp.api.registry.ApiHandler;
import dev.bobbin.xmpp.api.registry.ApiScope;
import dev.bobbin.xmpp.api.stanza.Message;
import dev.bobbin.xmpp.bob.Bob;
import dev.bobbin.xmpp.bob.BobMethods;
import dev.bobbin.xmpp.bob.ContentId;
import dev.bobbin.xmpp.bob.plugin.BobEvent;
import dev.bobbin.xmpp.bob.plugin.BobPlugin;
import dev.bobbin.xmpp.core.XmppClient;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

final class BobSnippet {
  private BobSnippet() {}

  static CompletableFuture<Void> send(
      XmppClient client, Set<Jid> friends, Jid friend, Bob picture, Consumer<String> display) {
    // tag::bob[]
    ApiHandler<ContentId, Boolean> friendsOnly = // to anybody else it is as if there were nothing
        ApiHandler.direct(call -> call.from().map(Jid::bare).filter(friends::contains).isPresent());
    client.api().register(BobMethods.MAY_FETCH, ApiScope.everywhere(), friendsOnly);
    BobPlugin bob = client.plugin(BobPlugin.class);
    bob.onEvent(
        event -> {
          if (event instanceof BobEvent.Received received) { // pushed or fetched, checked and good
            display.accept(received.from() + " sent " + received.bob().cid());
          }
        });
    Message message = Message.chat(friend, "See " + picture.cid().uri());
    CompletableFuture<Void> sent = bob.attach(message, picture).thenCompose(client::send);
    // end::bob[]
    return sent;
  }
}
