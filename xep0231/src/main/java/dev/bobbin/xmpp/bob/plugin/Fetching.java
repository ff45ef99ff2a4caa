package dev.bobbin.xmpp.bob.plugin;

import dev.bobbin.xmpp.api.jid.Jid;
import dev.bobbin.xmpp.api.plugin.PluginContext;
import dev.bobbin.xmpp.api.stanza.Iq;
import dev.bobbin.xmpp.bob.Bob;
import dev.bobbin.xmpp.bob.BobMethods;
import dev.bobbin.xmpp.bob.ContentId;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Gets data from peers. Who wants the same of the same peer while a request is under way shares its
 * answer, by a future of one's own, so that nobody who gives up takes the answer from another.
 */
final class Fetching {
  private final PluginContext context;
  private final Shelves shelves;
  private final Receiving receiving;

  /** Requests under way; each entry goes when its answer is kept, or with its time-out. */
  private final Map<Fetch, CompletableFuture<Bob>> requests = new ConcurrentHashMap<>();

  /**
   * What is wanted, and of whom; not as whom we asked: a connection that is lost takes the requests
   * with it that were sent over it, and data that has come by then is the same for any JID of ours.
   */
  private record Fetch(Jid peer, ContentId cid) {}

  Fetching(PluginContext context, Shelves shelves, Receiving receiving) {
    this.context = context;
    this.shelves = shelves;
    this.receiving = receiving;
  }

  /** Gets a bit of binary from here or else from a peer. */
  CompletableFuture<Bob> fetch(Jid peer, ContentId cid) {
    return shelves
        .findAnywhere(cid, peer)
        .thenCompose(
            found -> found.map(CompletableFuture::completedFuture).orElseGet(() -> ask(peer, cid)));
  }

  private CompletableFuture<Bob> ask(Jid peer, ContentId cid) {
    Fetch fetch = new Fetch(peer, cid);
    CompletableFuture<Bob> outcome = new CompletableFuture<>();
    CompletableFuture<Bob> present = requests.putIfAbsent(fetch, outcome);
    if (present != null) {
      return present.copy();
    }
    context
        .request(Iq.get(peer, DataElement.request(cid)))
        .thenCompose(answer -> receiving.takeAnswer(answer, peer, cid))
        .whenComplete(
            (bob, failure) -> {
              requests.remove(fetch, outcome);
              if (failure == null) {
                outcome.complete(bob);
              } else {
                outcome.completeExceptionally(failure);
              }
            });
    return outcome.copy();
  }

  /** Ends what is under way with the plugin. */
  void stop() {
    requests
        .values()
        .forEach(
            outcome ->
                outcome.completeExceptionally(
                    new IllegalStateException(
                        "The plugin '"
                            + BobMethods.PLUGIN
                            + "' was turned off (docs/errors.md#plugin-off)")));
  }
}
