package dev.bobbin.xmpp.bob.plugin;

import dev.bobbin.xmpp.api.jid.Jid;
import dev.bobbin.xmpp.api.plugin.PluginContext;
import dev.bobbin.xmpp.api.registry.ApiTarget;
import dev.bobbin.xmpp.api.registry.NoHandlerException;
import dev.bobbin.xmpp.api.stanza.StanzaErrorException;
import dev.bobbin.xmpp.bob.Bob;
import dev.bobbin.xmpp.bob.BobKey;
import dev.bobbin.xmpp.bob.BobMethods;
import dev.bobbin.xmpp.bob.ContentId;
import dev.bobbin.xmpp.bob.Shelf;
import dev.bobbin.xmpp.bob.StoredBob;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is kept, as the internal API gives and takes it. */
final class Shelves {
  private static final Logger LOG = LoggerFactory.getLogger(Shelves.class);

  private final PluginContext context;
  private final FailureLog notKept = new FailureLog(LOG, "Received data cannot be kept");

  Shelves(PluginContext context) {
    this.context = context;
  }

  /** Gives an item that has not expired. */
  CompletableFuture<Optional<Bob>> find(ApiTarget target, BobKey key) {
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

  /**
   * Looks where a bit of binary may already be: among what we host, then among what was verified,
   * or, where nothing can be verified, among what that very peer sent.
   */
  CompletableFuture<Optional<Bob>> findAnywhere(ContentId cid, @Nullable Jid peer) {
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

  /** Forgets what was received; the peer counts where nothing could be verified. */
  CompletableFuture<Boolean> forget(ContentId cid, Jid peer) {
    return context
        .api()
        .call(BobMethods.DEL_BOB, ApiTarget.of(context.self()), received(cid, peer));
  }

  private static BobKey received(ContentId cid, Jid sender) {
    return new BobKey(cid.isVerifiable() ? Shelf.VERIFIED : new Shelf.From(sender), cid);
  }

  /**
   * Keeps what was received, unless its life is over at once. That it cannot be kept is no reason
   * to withhold it.
   *
   * @return whether it is kept; never fails
   */
  CompletableFuture<Boolean> keep(Arrival arrival, Bob bob) {
    Duration maxAge = bob.maxAge();
    if (maxAge != null && maxAge.isZero()) {
      return CompletableFuture.completedFuture(false);
    }
    Instant now = context.clock().instant();
    StoredBob item =
        new StoredBob(
            received(bob.cid(), arrival.from()),
            bob,
            now,
            maxAge == null ? null : now.plus(maxAge),
            arrival.from());
    return context
        .api()
        .call(BobMethods.SET_BOB, arrival.target(), item)
        .handle(
            (key, failure) -> {
              if (failure == null) {
                notKept.worked();
              } else {
                logNotKept(failure);
              }
              return failure == null;
            });
  }

  /** A refusal is a rule at work, and a plugin may have been turned off meanwhile. */
  private void logNotKept(Throwable failure) {
    Throwable cause = failure.getCause() == null ? failure : failure.getCause();
    if (cause instanceof StanzaErrorException || cause instanceof NoHandlerException) {
      LOG.debug("Received data was not kept: {}", cause.getMessage());
    } else {
      notKept.failed(failure);
    }
  }
}
