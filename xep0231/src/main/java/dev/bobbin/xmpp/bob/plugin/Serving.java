package dev.bobbin.xmpp.bob.plugin;

import dev.bobbin.xmpp.api.jid.Jid;
import dev.bobbin.xmpp.api.plugin.PluginContext;
import dev.bobbin.xmpp.api.registry.ApiTarget;
import dev.bobbin.xmpp.api.stanza.Iq;
import dev.bobbin.xmpp.api.stanza.StanzaError;
import dev.bobbin.xmpp.api.stanza.StanzaError.Condition;
import dev.bobbin.xmpp.api.stanza.StanzaErrorException;
import dev.bobbin.xmpp.bob.Bob;
import dev.bobbin.xmpp.bob.BobException;
import dev.bobbin.xmpp.bob.BobKey;
import dev.bobbin.xmpp.bob.BobMethods;
import dev.bobbin.xmpp.bob.ContentId;
import dev.bobbin.xmpp.bob.Shelf;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Answers peers that ask for what we host. First their budget is charged, then the rule is asked,
 * and only for whom it allows is anything looked up: so nobody learns by asking what there is that
 * it may not have. Never blocks, and so runs on the connection's reader.
 */
final class Serving {
  private final PluginContext context;
  private final Shelves shelves;
  private final ServedBytes budget;
  private final boolean serveReceived;

  Serving(PluginContext context, Shelves shelves, ServedBytes budget, BobSettings settings) {
    this.context = context;
    this.shelves = shelves;
    this.budget = budget;
    this.serveReceived = settings.serveReceived();
  }

  CompletionStage<Iq> answer(Iq request) {
    if (request.type() != Iq.Type.GET) {
      throw new StanzaErrorException(StanzaError.of(Condition.FEATURE_NOT_IMPLEMENTED));
    }
    ContentId cid;
    try {
      cid = DataElement.cid(request.payload().orElseThrow());
    } catch (BobException e) {
      throw new StanzaErrorException(StanzaError.of(Condition.BAD_REQUEST, "no content-id"));
    }
    charge(request, ServedBytes.COST_OF_AN_ANSWER);
    ApiTarget target = context.target(request);
    return context
        .api()
        .call(BobMethods.MAY_FETCH, target, cid)
        .thenCompose(
            may -> may ? find(target, cid) : CompletableFuture.completedFuture(Optional.empty()))
        .thenApply(found -> reply(request, found));
  }

  private CompletableFuture<Optional<Bob>> find(ApiTarget target, ContentId cid) {
    return shelves
        .find(target, BobKey.hosted(cid))
        .thenCompose(
            hosted ->
                hosted.isPresent() || !serveReceived
                    ? CompletableFuture.completedFuture(hosted)
                    : shelves.find(target, new BobKey(Shelf.VERIFIED, cid)));
  }

  private Iq reply(Iq request, Optional<Bob> found) {
    if (found.isEmpty()) {
      return request.error(StanzaError.of(Condition.ITEM_NOT_FOUND));
    }
    charge(request, found.get().data().size());
    return request.result(found.get().toElement());
  }

  /** A request without {@code from} is our own server's or account's. */
  private void charge(Iq request, int bytes) {
    Jid requester = request.from().orElseGet(context::account);
    if (!budget.charge(requester, bytes)) {
      throw new StanzaErrorException(StanzaError.of(Condition.RESOURCE_CONSTRAINT));
    }
  }
}
