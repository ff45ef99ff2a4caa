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
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers peers that ask for what we host. First their budget is charged, then the rule is asked,
 * and only for whom it allows is anything looked up: so nobody learns by asking what there is that
 * it may not have. Never blocks, and so runs on the connection's reader.
 */
final class Serving {
  private static final Logger LOG = LoggerFactory.getLogger(Serving.class);

  /** Of how many content-ids the log says that they are not served. */
  private static final int MOST_LOGGED = 100;

  private final PluginContext context;
  private final Shelves shelves;
  private final ServedBytes budget;
  private final boolean serveReceived;
  private final int maxItemBytes;
  private final Set<ContentId> logged = ConcurrentHashMap.newKeySet();

  Serving(PluginContext context, Shelves shelves, ServedBytes budget, BobSettings settings) {
    this.context = context;
    this.shelves = shelves;
    this.budget = budget;
    this.serveReceived = settings.serveReceived();
    this.maxItemBytes = settings.maxItemBytes();
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
    orElseWait(budget.chargeAnswer(requester(request)));
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
    Optional<Bob> served = found.filter(this::canBeServed);
    if (served.isEmpty()) {
      return request.error(StanzaError.of(Condition.ITEM_NOT_FOUND));
    }
    orElseWait(budget.chargeData(requester(request), served.get().data().size()));
    return request.result(served.get().toElement());
  }

  /**
   * A handler, a store that was filled otherwise, or one that was filled while the bound was higher
   * may give any number of bytes. Servers end the stream of who sends them too large a stanza.
   */
  private boolean canBeServed(Bob bob) {
    int size = bob.data().size();
    boolean can = size > 0 && size <= maxItemBytes;
    if (!can && logged.size() < MOST_LOGGED && logged.add(bob.cid())) {
      LOG.warn(
          "'{}' has {} bytes and is not served: that takes 1 to {}, as max-item-bytes says"
              + " (docs/errors.md#too-large)",
          DataElement.shown(bob.cid()),
          size,
          maxItemBytes);
    }
    return can;
  }

  /** A request without {@code from} is our own server's or account's. */
  private Jid requester(Iq request) {
    return request.from().orElseGet(context::account);
  }

  private static void orElseWait(boolean paid) {
    if (!paid) {
      throw new StanzaErrorException(StanzaError.of(Condition.RESOURCE_CONSTRAINT));
    }
  }
}
