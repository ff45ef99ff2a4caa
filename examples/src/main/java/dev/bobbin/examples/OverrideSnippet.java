package dev.bobbin.examples;

import dev.bobbin.xmpp.api.registry.ApiHandler;
import dev.bobbin.xmpp.api.registry.ApiScope;
import dev.bobbin.xmpp.api.registry.Registration;
import dev.bobbin.xmpp.bob.BobKey;
import dev.bobbin.xmpp.bob.BobMethods;
import dev.bobbin.xmpp.bob.StoredBob;
import dev.bobbin.xmpp.core.XmppClient;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

final class OverrideSnippet {
  private OverrideSnippet() {}

  static Registration serveFriendsOnly(XmppClient client, String friendlyDomain) {
    // tag::override[]
    ApiHandler<BobKey, Optional<StoredBob>> friendsOnly =
        call ->
            call.from().map(peer -> peer.domain().equals(friendlyDomain)).orElse(true)
                ? call.proceed(call.args()) // whoever served until now: a store, another handler
                : CompletableFuture.completedFuture(Optional.empty());
    Registration rule =
        client.api().register(BobMethods.GET_BOB, ApiScope.everywhere(), friendsOnly);
    // end::override[]
    return rule;
  }
}
