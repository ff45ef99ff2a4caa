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
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
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

  /** Takes the data that a message or presence has as its first-level children. */
  void receive(Stanza stanza) {
    if (stanza.error().isPresent()) {
      return;
    }
    for (XmlElement child : stanza.children()) {
      if (child.is(DataElement.NAME, DataElement.NAMESPACE)) {
        try {
          Jid sender = stanza.from().orElseGet(context::account);
          keep(stanza.to(), sender, DataElement.parse(child, maxItemBytes));
        } catch (BobException e) {
          LOG.info("Data in a stanza was rejected: {}", e.reason());
        }
      }
    }
  }

  /** Looks where a bit of binary may already be, in the order that DESIGN gives shelves. */
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

  /** Asks a peer, checks what comes, and keeps it as long as the peer suggests. */
  CompletableFuture<Bob> ask(Jid peer, ContentId cid) {
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
