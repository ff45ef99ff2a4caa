package dev.bobbin.xmpp.bob.plugin;

import dev.bobbin.xmpp.api.jid.Jid;
import dev.bobbin.xmpp.api.plugin.PluginContext;
import dev.bobbin.xmpp.api.registry.ApiTarget;
import dev.bobbin.xmpp.api.stanza.Iq;
import dev.bobbin.xmpp.api.stanza.Stanza;
import dev.bobbin.xmpp.api.stanza.StanzaError;
import dev.bobbin.xmpp.api.stanza.StanzaError.Condition;
import dev.bobbin.xmpp.api.stanza.StanzaErrorException;
import dev.bobbin.xmpp.api.xml.XmlElement;
import dev.bobbin.xmpp.bob.Bob;
import dev.bobbin.xmpp.bob.BobException;
import dev.bobbin.xmpp.bob.BobException.Reason;
import dev.bobbin.xmpp.bob.BobKey;
import dev.bobbin.xmpp.bob.BobMethods;
import dev.bobbin.xmpp.bob.ContentId;
import dev.bobbin.xmpp.bob.Shelf;
import dev.bobbin.xmpp.bob.StoredBob;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What passes between us and peers: their requests and ours, and what they push. Every look-up and
 * every storing goes through the internal API. Never blocks, and so runs on the connection's
 * reader.
 */
final class BobExchange {
  private static final Logger LOG = LoggerFactory.getLogger(BobExchange.class);

  private final PluginContext context;
  private final int maxItemBytes;

  /** What is being fetched; each entry goes when its outcome is there, a time-out at the latest. */
  private final Map<Fetch, CompletableFuture<Bob>> fetches = new ConcurrentHashMap<>();

  private record Fetch(Jid self, Jid peer, ContentId cid) {}

  BobExchange(PluginContext context, int maxItemBytes) {
    this.context = context;
    this.maxItemBytes = maxItemBytes;
  }

  /** Answers a peer's request from what we host. */
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
    ApiTarget target = about(request.to(), request.from());
    return find(target, BobKey.hosted(cid))
        .thenApply(
            found ->
                found
                    .map(item -> request.result(DataElement.of(item)))
                    .orElseGet(() -> request.error(StanzaError.of(Condition.ITEM_NOT_FOUND))));
  }

  /** Takes the data that a stanza carries, and keeps what has a life. */
  List<Bob> take(Stanza stanza) {
    List<Bob> taken = new ArrayList<>();
    for (XmlElement data : DataElement.carriedBy(stanza)) {
      try {
        Bob bob = DataElement.parse(data, maxItemBytes);
        keep(stanza.to(), stanza.from().orElseGet(context::account), bob);
        taken.add(bob);
      } catch (BobException e) {
        LOG.info("Data in a stanza was rejected: {}", e.reason());
      }
    }
    return taken;
  }

  /**
   * Gets a bit of binary from here or else from a peer. Who wants the same of the same peer while
   * that lasts gets the same outcome; a future of one's own, so that nobody can cancel another's.
   */
  CompletableFuture<Bob> fetch(Jid peer, ContentId cid) {
    Fetch fetch = new Fetch(context.self(), peer, cid);
    CompletableFuture<Bob> outcome = new CompletableFuture<>();
    CompletableFuture<Bob> present = fetches.putIfAbsent(fetch, outcome);
    if (present != null) {
      return present.copy();
    }
    local(cid, Optional.of(peer))
        .thenCompose(
            found -> found.map(CompletableFuture::completedFuture).orElseGet(() -> ask(peer, cid)))
        .whenComplete(
            (bob, failure) -> {
              fetches.remove(fetch, outcome);
              if (failure == null) {
                outcome.complete(bob);
              } else {
                outcome.completeExceptionally(failure);
              }
            });
    return outcome.copy();
  }

  /** Looks where a bit of binary may already be, in the order that DESIGN gives shelves. */
  CompletableFuture<Optional<Bob>> local(ContentId cid, Optional<Jid> peer) {
    ApiTarget target = ApiTarget.of(context.self());
    return find(target, BobKey.hosted(cid))
        .thenCompose(
            hosted -> {
              Optional<Shelf> received =
                  cid.isVerifiable() ? Optional.of(Shelf.VERIFIED) : peer.map(Shelf.From::new);
              return hosted.isPresent() || received.isEmpty()
                  ? CompletableFuture.completedFuture(hosted)
                  : find(target, new BobKey(received.get(), cid));
            });
  }

  /** Asks a peer, checks what comes, and keeps it as long as the peer suggests. */
  private CompletableFuture<Bob> ask(Jid peer, ContentId cid) {
    return context
        .request(Iq.get(peer, DataElement.request(cid)))
        .thenCompose(
            answer -> {
              Bob bob = parse(answer, cid);
              return keep(answer.to(), peer, bob).thenApply(kept -> bob);
            });
  }

  private Bob parse(Iq answer, ContentId asked) {
    XmlElement data =
        answer
            .payload()
            .filter(payload -> payload.is(DataElement.NAME, DataElement.NAMESPACE))
            .orElseThrow(
                () ->
                    new BobException(
                        Reason.NO_DATA,
                        "The answer for '" + DataElement.shown(asked) + "' is empty"));
    if (!DataElement.cid(data).equals(asked)) {
      throw new BobException(
          Reason.OTHER_CONTENT_ID,
          "The answer for '" + DataElement.shown(asked) + "' has another content-id");
    }
    return DataElement.parse(data, maxItemBytes);
  }

  /**
   * Keeps what was received, unless its life is over at once. That it cannot be kept is no reason
   * to withhold it.
   */
  private CompletableFuture<Boolean> keep(Optional<Jid> to, Jid sender, Bob bob) {
    Duration maxAge = bob.maxAge();
    if (maxAge != null && maxAge.isZero()) {
      return CompletableFuture.completedFuture(false);
    }
    Shelf shelf = bob.cid().isVerifiable() ? Shelf.VERIFIED : new Shelf.From(sender);
    Instant now = context.clock().instant();
    StoredBob item =
        new StoredBob(
            new BobKey(shelf, bob.cid()),
            bob,
            now,
            maxAge == null ? null : now.plus(maxAge),
            sender);
    return context
        .api()
        .call(BobMethods.SET_BOB, about(to, Optional.of(sender)), item)
        .handle(
            (key, failure) -> {
              if (failure != null) {
                LOG.warn("Received data cannot be kept", failure);
              }
              return failure == null;
            });
  }

  private CompletableFuture<Optional<Bob>> find(ApiTarget target, BobKey key) {
    return context
        .api()
        .call(BobMethods.GET_BOB, target, key)
        .thenApply(
            found ->
                found
                    .filter(item -> !item.isExpiredAt(context.clock().instant()))
                    .map(item -> named(item, key)));
  }

  /** A handler may be anybody's: what it gives must at least be what was asked for. */
  private static Bob named(StoredBob item, BobKey key) {
    if (!item.bob().cid().equals(key.cid())) {
      throw new IllegalStateException(
          "The handler of " + BobMethods.GET_BOB + " gave an item with another content-id");
    }
    return item.bob();
  }

  private ApiTarget about(Optional<Jid> to, Optional<Jid> from) {
    ApiTarget target = ApiTarget.of(to.orElseGet(context::self));
    return from.map(target::withFrom).orElse(target);
  }
}
