package dev.bobbin.examples;

import dev.bobbin.store.memory.MemoryBobStore;
import dev.bobbin.xmpp.api.jid.Jid;
import dev.bobbin.xmpp.api.registry.ApiHandler;
import dev.bobbin.xmpp.api.registry.ApiScope;
import dev.bobbin.xmpp.api.registry.Registration;
import dev.bobbin.xmpp.bob.BobMethods;
import dev.bobbin.xmpp.bob.ContentId;
import dev.bobbin.xmpp.bob.plugin.BobPlugin;
import dev.bobbin.xmpp.core.XmppClient;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Two JIDs of a gateway, one with a store and one with a rule of its own, for docs/xep-0231.md. */
final class GatewaySnippet {
  private GatewaySnippet() {}

  /** What is hosted, and by what it ends. */
  record Hosted(CompletableFuture<ContentId> avatar, List<AutoCloseable> ends) {}

  static Hosted host(XmppClient client, BobPlugin bob, Jid mona, Jid lisa, byte[] png) {
    // tag::gateway[]
    MemoryBobStore monas = MemoryBobStore.create(); // or JsonFileBobStore.open(path); ours to close
    Registration stored = bob.useStore(ApiScope.jid(mona), monas);
    ApiHandler<ContentId, Boolean> nobody = ApiHandler.direct(call -> false);
    Registration rule = client.api().register(BobMethods.MAY_FETCH, ApiScope.jid(lisa), nobody);
    CompletableFuture<ContentId> avatar = bob.hosting(mona).set(png, "image/png");
    // end::gateway[]
    return new Hosted(avatar, List.of(rule, stored, monas));
  }
}
