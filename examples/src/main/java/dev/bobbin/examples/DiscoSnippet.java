package dev.bobbin.examples;

import dev.bobbin.xmpp.api.registry.ApiHandler;
import dev.bobbin.xmpp.api.registry.ApiScope;
import dev.bobbin.xmpp.api.registry.Registration;
import dev.bobbin.xmpp.core.XmppClient;
import dev.bobbin.xmpp.disco.DiscoInfo;
import dev.bobbin.xmpp.disco.DiscoMethods;
import dev.bobbin.xmpp.disco.DiscoQuery;
import dev.bobbin.xmpp.disco.Identity;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** Nodes that come and go, for docs/service-discovery.md. */
final class DiscoSnippet {
  private DiscoSnippet() {}

  static Registration serve(XmppClient client, Map<String, String> titles) {
    // tag::discovery[]
    ApiHandler<DiscoQuery, Optional<DiscoInfo>> songInfo =
        call -> {
          String title = call.node().map(titles::get).orElse(null);
          return title == null
              ? call.proceed(call.args()) // not one of ours, or gone: what this handler covers
              : CompletableFuture.completedFuture(
                  Optional.of(
                      new DiscoInfo(
                          List.of(new Identity("hierarchy", "leaf", title)),
                          Set.of(DiscoInfo.NAMESPACE))));
        };
    Registration songs =
        client.api().register(DiscoMethods.GET_INFO, ApiScope.everywhere(), songInfo);
    // end::discovery[]
    return songs;
  }
}
