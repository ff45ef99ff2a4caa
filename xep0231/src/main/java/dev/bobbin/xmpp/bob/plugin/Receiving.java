package dev.bobbin.xmpp.bob.plugin;

import dev.bobbin.xmpp.api.jid.Jid;
import dev.bobbin.xmpp.api.plugin.PluginContext;
import dev.bobbin.xmpp.api.registry.ApiTarget;
import dev.bobbin.xmpp.api.registry.Registration;
import dev.bobbin.xmpp.api.stanza.Iq;
import dev.bobbin.xmpp.api.stanza.Stanza;
import dev.bobbin.xmpp.api.xml.XmlElement;
import dev.bobbin.xmpp.bob.Bob;
import dev.bobbin.xmpp.bob.BobException;
import dev.bobbin.xmpp.bob.BobException.Reason;
import dev.bobbin.xmpp.bob.BobMethods;
import dev.bobbin.xmpp.bob.BobOffer;
import dev.bobbin.xmpp.bob.ContentId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes data that others sent. What a sender says of it is checked, then the application is asked
 * whether it wants it, and only then is it decoded, verified, told of and kept.
 *
 * <p>Never blocks, and so runs on the connection's reader. While neither the application nor the
 * store makes us wait, data is kept before the call returns. Where they do, a peer can send faster
 * than they decide: what waits is bounded in number.
 */
final class Receiving {
  /** How many pushed items may be on their way into a store at once. */
  static final int MOST_BEING_KEPT = 256;

  /** How many items may wait for the application's word at once. */
  static final int MOST_BEING_DECIDED = 256;

  /** How long a fetch waits for a store to keep what has come. */
  static final Duration TIME_TO_KEEP = Duration.ofSeconds(10);

  private static final Logger LOG = LoggerFactory.getLogger(Receiving.class);

  private final PluginContext context;
  private final Shelves shelves;
  private final Events events;
  private final int maxItemBytes;
  private final AtomicInteger beingDecided = new AtomicInteger();
  private final AtomicInteger beingKept = new AtomicInteger();

  Receiving(PluginContext context, Shelves shelves, Events events, int maxItemBytes) {
    this.context = context;
    this.shelves = shelves;
    this.events = events;
    this.maxItemBytes = maxItemBytes;
  }

  /** Takes the data that a stanza carries; what is rejected is left out. */
  CompletableFuture<List<Bob>> take(Stanza stanza) {
    Jid sender = stanza.from().orElseGet(context::account);
    ApiTarget about = about(stanza, sender);
    List<CompletableFuture<Bob>> all = new ArrayList<>();
    for (XmlElement data : DataElement.carriedBy(stanza)) {
      all.add(check(data, about, sender, false).thenApply(bob -> keepIfRoom(about, sender, bob)));
    }
    return CompletableFuture.allOf(all.toArray(CompletableFuture[]::new))
        .handle(
            (done, failure) ->
                all.stream()
                    .filter(one -> !one.isCompletedExceptionally())
                    .map(CompletableFuture::join)
                    .toList());
  }

  /**
   * A peer can push faster than a store keeps: beyond {@link #MOST_BEING_KEPT} at once, items are
   * handed over and not kept.
   */
  private Bob keepIfRoom(ApiTarget about, Jid sender, Bob bob) {
    if (beingKept.incrementAndGet() <= MOST_BEING_KEPT) {
      shelves.keep(about, sender, bob).whenComplete((kept, failure) -> beingKept.decrementAndGet());
    } else {
      beingKept.decrementAndGet();
    }
    return bob;
  }

  /**
   * Takes the data that answers a request of ours.
   *
   * @return completes when it is kept, or is not going to be; fails with {@link BobException} when
   *     it is not to be taken
   */
  CompletableFuture<Bob> takeAnswer(Iq answer, Jid peer, ContentId asked) {
    ApiTarget about = about(answer, peer);
    XmlElement data;
    try {
      data = answerTo(asked, answer);
    } catch (BobException e) {
      return reject(peer, asked, e);
    }
    return check(data, about, peer, true)
        .thenCompose(bob -> keepInTime(about, peer, bob).thenApply(kept -> bob));
  }

  /** A store that does not answer, or a plugin that is turned off, keeps nobody from the data. */
  private CompletableFuture<Boolean> keepInTime(ApiTarget about, Jid peer, Bob bob) {
    CompletableFuture<Boolean> kept = shelves.keep(about, peer, bob);
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

  private static XmlElement answerTo(ContentId asked, Iq answer) {
    XmlElement data =
        answer
            .payload()
            .filter(payload -> payload.is(DataElement.NAME, DataElement.NAMESPACE))
            .orElseThrow(
                () ->
                    new BobException(
                        Reason.NO_DATA,
                        "The answer for '" + DataElement.shown(asked) + "' holds no data"));
    if (!DataElement.cid(data).equals(asked)) {
      throw new BobException(
          Reason.OTHER_CONTENT_ID,
          "The answer for '" + DataElement.shown(asked) + "' has another content-id");
    }
    return data;
  }

  /** Checks, asks, decodes and verifies, in this order, and tells of the outcome. */
  private CompletableFuture<Bob> check(
      XmlElement data, ApiTarget about, Jid sender, boolean asked) {
    ContentId cid = null;
    try {
      cid = DataElement.cid(data);
      BobOffer offer = DataElement.offer(data, maxItemBytes, asked);
      return decide(about, offer)
          .thenCompose(
              may -> may ? accept(data, sender, asked) : reject(sender, offer.cid(), refused()));
    } catch (BobException e) {
      return reject(sender, cid, e);
    }
  }

  private CompletableFuture<Bob> accept(XmlElement data, Jid sender, boolean asked) {
    try {
      Bob bob = DataElement.parse(data, maxItemBytes);
      events.tell(new BobEvent.Received(bob, sender, asked));
      return CompletableFuture.completedFuture(bob);
    } catch (BobException e) {
      return reject(sender, DataElement.cid(data), e);
    }
  }

  private <T> CompletableFuture<T> reject(
      Jid sender, @Nullable ContentId cid, BobException failure) {
    LOG.debug("Data from {} is not taken: {}", sender, failure.getMessage());
    events.tell(new BobEvent.Rejected(sender, cid, failure.reason()));
    return CompletableFuture.failedFuture(failure);
  }

  private static BobException refused() {
    return new BobException(Reason.REFUSED, "The handler of " + BobMethods.MAY_TAKE + " said no");
  }

  /**
   * Asks the application. A handler that fails, or gives null, has not said yes.
   *
   * @throws BobException when too many pushed items wait for its word already; what we asked for
   *     ourselves is bounded by our asking
   */
  private CompletableFuture<Boolean> decide(ApiTarget about, BobOffer offer) {
    int counted = offer.asked() ? 0 : 1;
    if (beingDecided.addAndGet(counted) > MOST_BEING_DECIDED && counted > 0) {
      beingDecided.addAndGet(-counted);
      throw new BobException(
          Reason.TOO_MANY, MOST_BEING_DECIDED + " items wait to be decided on already");
    }
    return context
        .api()
        .call(BobMethods.MAY_TAKE, about, offer)
        .handle(
            (may, failure) -> {
              beingDecided.addAndGet(-counted);
              if (failure != null) {
                LOG.warn("Whether data may be taken could not be decided: it is not", failure);
              }
              return Boolean.TRUE.equals(may);
            });
  }

  private ApiTarget about(Stanza received, Jid sender) {
    return ApiTarget.of(received.to().orElseGet(context::self)).withFrom(sender);
  }
}
