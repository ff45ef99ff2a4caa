package dev.bobbin.xmpp.bob.plugin;

import dev.bobbin.xmpp.api.plugin.PluginContext;
import dev.bobbin.xmpp.api.registry.Registration;
import dev.bobbin.xmpp.bob.Bob;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * Keeps what was received and found good, and then tells of it, so that who is told finds it.
 *
 * <p>A peer can push faster than a store keeps: beyond {@link Places}, items are handed over and
 * not kept. What we asked for is bounded by our asking. Never blocks.
 */
final class Keeping {
  /** For how long a fetch, and the word of what came, wait for a store. */
  static final Duration TIME_TO_KEEP = Duration.ofSeconds(10);

  private final PluginContext context;
  private final Shelves shelves;
  private final Events events;
  private final Places places = new Places();

  Keeping(PluginContext context, Shelves shelves, Events events) {
    this.context = context;
    this.shelves = shelves;
    this.events = events;
  }

  /**
   * Keeps an item, if it is to be kept and there is a place.
   *
   * @return completes with the item when it is kept, or is not going to be; never fails
   */
  CompletableFuture<Bob> keep(Arrival arrival, Bob bob) {
    return inTime(kept(arrival, bob))
        .thenApply(
            kept -> {
              events.tell(
                  new BobEvent.Received(bob, arrival.from(), arrival.to(), arrival.asked()));
              return bob;
            });
  }

  private CompletableFuture<Boolean> kept(Arrival arrival, Bob bob) {
    if (arrival.asked()) {
      return shelves.keep(arrival, bob);
    }
    if (!places.enter(arrival.from())) {
      return CompletableFuture.completedFuture(false);
    }
    CompletableFuture<Boolean> kept = shelves.keep(arrival, bob);
    // Not when we give up waiting: the store holds the item until it has answered.
    kept.whenComplete((done, failure) -> places.leave(arrival.from()));
    return kept.copy();
  }

  /** A store that does not answer, or a plugin that is turned off, keeps nobody from the data. */
  private CompletableFuture<Boolean> inTime(CompletableFuture<Boolean> kept) {
    if (!kept.isDone()) {
      try {
        Registration limit = context.after(TIME_TO_KEEP, () -> kept.complete(false));
        Registration off = context.keep(() -> kept.complete(false));
        kept.whenComplete(
            (done, failure) -> {
              limit.close();
              off.close();
            });
      } catch (IllegalStateException e) {
        // The plugin is off already, perhaps with what was to keep it.
        kept.complete(false);
      }
    }
    return kept;
  }
}
