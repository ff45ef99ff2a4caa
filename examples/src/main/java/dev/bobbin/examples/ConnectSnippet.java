package dev.bobbin.examples;

import dev.bobbin.xmpp.api.ConnectionException;
import dev.bobbin.xmpp.api.jid.Jid;
import dev.bobbin.xmpp.core.XmppClient;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

final class ConnectSnippet {
  private ConnectSnippet() {}

  // tag::connect[]
  static CompletableFuture<Jid> connect(XmppClient client, Consumer<String> display) {
    client.onStateChange(change -> display.accept(change.to().name()));
    return client
        .connect()
        .whenComplete(
            (self, failure) -> {
              if (failure instanceof ConnectionException e) {
                switch (e.reason()) {
                  case WRONG_CREDENTIALS -> display.accept("Is the password right?");
                  case CERTIFICATE -> display.accept("Not the right server: " + e.getMessage());
                  default -> display.accept(e.getMessage());
                }
              }
            });
  }
  // end::connect[]
}
