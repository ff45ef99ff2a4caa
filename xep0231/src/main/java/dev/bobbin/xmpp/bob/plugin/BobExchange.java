package dev.bobbin.xmpp.bob.plugin;

import dev.bobbin.xmpp.api.jid.Jid;
import dev.bobbin.xmpp.api.plugin.PluginContext;
import dev.bobbin.xmpp.api.registry.ApiTarget;
import dev.bobbin.xmpp.api.registry.NoHandlerException;
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
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What passes between us and peers: their requests and ours, and what they push. Every look-up and
 * every storing goes through the internal API. Never blocks, and so runs on the connection's
 * reader.
 */
final class BobExchange {
  /** How many pushed items may be on their way into a store at once. */
  static final int MOST_BEING_KEPT = 256;

  private static final Logger LOG = LoggerFactory.getLogger(BobExchange.class);

  private final PluginContext context;
  private final int maxItemBytes;

  /** Requests under way; each entry goes with its answer, or with its time-out. */
  private final Map<Fetch, CompletableFuture<Fetched>> requests = new ConcurrentHashMap<>();

  /** Pushed items that the internal API is still keeping. */
  private final AtomicInteger beingKept = new AtomicInteger();

  private record Fetch(Jid self, Jid peer, ContentId cid) {}

  /** What a peer answered, and whether it is kept by now. */
  private record Fetched(Bob bob, CompletableFuture<Boolean> kept) {}

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
    return find(context.target(request), BobKey.hosted(cid))
        .thenApply(
            found ->
                found
                    .map(item -> request.result(DataElement.of(item)))
                    .orElseGet(() -> request.error(StanzaError.of(Condition.ITEM_NOT_FOUND))));
  }

  /**
   * Takes the data that a stanza carries, and keeps what has a life. A peer can push faster than a
   * store keeps: beyond {@link #MOST_BEING_KEPT} at once, items are handed over and not kept.
   */
  List<Bob> take(Stanza stanza) {
    List<Bob> taken = new ArrayList<>();
    List<Reason> rejected = new ArrayList<>();
    Jid sender = stanza.from().orElseGet(context::account);
    for (XmlElement data : DataElement.carriedBy(stanza)) {
      try {
        Bob bob = DataElement.parse(data, maxItemBytes);
        taken.add(bob);
        if (beingKept.incrementAndGet() <= MOST_BEING_KEPT) {
          keep(stanza.to().orElse(null), sender, bob)
              .whenComplete((kept, failure) -> beingKept.decrementAndGet());
        } else {
          beingKept.decrementAndGet();
        }
      } catch (BobException e) {
        rejected.add(e.reason());
      }
    }
    if (!rejected.isEmpty()) {
      LOG.info("{} items of data from {} were rejected: {}", rejected.size(), sender, rejected);
    }
    return taken;
  }

  /** Gets a bit of binary from here or else from a peer. */
  CompletableFuture<Bob> fetch(Jid peer, ContentId cid) {
    return local(cid, peer)
        .thenCompose(
            found -> found.map(CompletableFuture::completedFuture).orElseGet(() -> ask(peer, cid)));
  }

  /**
   * Looks where a bit of binary may already be: among what we host, then among what was verified,
   * or, where nothing can be verified, among what that very peer sent.
   */
  CompletableFuture<Optional<Bob>> local(ContentId cid, @Nullable Jid peer) {
    ApiTarget target = ApiTarget.of(context.self());
    return find(target, BobKey.hosted(cid))
        .thenCompose(
            hosted -> {
              Shelf received =
                  cid.isVerifiable() ? Shelf.VERIFIED : peer == null ? null : new Shelf.From(peer);
              return hosted.isPresent() || received == null
                  ? CompletableFuture.completedFuture(hosted)
                  : find(target, new BobKey(received, cid));
            });
  }

  /**
   * Asks a peer, checks what comes, and keeps it as long as the peer suggests. Who wants the same
   * of the same peer while the request is under way shares its answer, by a future of one's own, so
   * that nobody can cancel another's.
   */
  private CompletableFuture<Bob> ask(Jid peer, ContentId cid) {
    Fetch fetch = new Fetch(context.self(), peer, cid);
    CompletableFuture<Fetched> outcome = new CompletableFuture<>();
    CompletableFuture<Fetched> present = requests.putIfAbsent(fetch, outcome);
    if (present == null) {
      context
          .request(Iq.get(peer, DataElement.request(cid)))
          .thenApply(
              answer -> {
                Bob bob = parse(answer, cid);
                return new Fetched(bob, keep(answer.to().orElse(null), peer, bob));
              })
          .whenComplete(
              (fetched, failure) -> {
                requests.remove(fetch, outcome);
                if (failure == null) {
                  outcome.complete(fetched);
                } else {
                  outcome.completeExceptionally(failure);
                }
              });
    }
    return (present == null ? outcome : present)
        .thenCompose(fetched -> fetched.kept().thenApply(kept -> fetched.bob()));
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
  private CompletableFuture<Boolean> keep(@Nullable Jid to, Jid sender, Bob bob) {
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
        .call(BobMethods.SET_BOB, about(to, sender), item)
        .handle(
            (key, failure) -> {
              if (failure != null) {
                logNotKept(failure);
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

  /** A refusal is a rule at work, and a plugin may have been turned off meanwhile. */
  private static void logNotKept(Throwable failure) {
    Throwable cause = failure.getCause() == null ? failure : failure.getCause();
    if (cause instanceof StanzaErrorException || cause instanceof NoHandlerException) {
      LOG.debug("Received data was not kept: {}", cause.getMessage());
    } else {
      LOG.warn("Received data cannot be kept: {}", cause.toString());
    }
  }

  private ApiTarget about(@Nullable Jid to, Jid sender) {
    return ApiTarget.of(to == null ? context.self() : to).withFrom(sender);
  }
}
