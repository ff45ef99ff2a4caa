package dev.bobbin.xmpp.bob.plugin;

import dev.bobbin.xmpp.api.jid.Jid;
import dev.bobbin.xmpp.api.plugin.PluginContext;
import dev.bobbin.xmpp.api.stanza.Iq;
import dev.bobbin.xmpp.api.stanza.Stanza;
import dev.bobbin.xmpp.api.xml.XmlElement;
import dev.bobbin.xmpp.bob.Bob;
import dev.bobbin.xmpp.bob.BobException;
import dev.bobbin.xmpp.bob.BobException.Reason;
import dev.bobbin.xmpp.bob.BobMethods;
import dev.bobbin.xmpp.bob.BobOffer;
import dev.bobbin.xmpp.bob.ContentId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes data that others sent. What a sender says of it is checked, then the application is asked
 * whether it wants it, and only then is it decoded, verified, kept and told of.
 *
 * <p>Never blocks, and so runs on the connection's reader. While neither the application nor the
 * store makes us wait, data is kept before the call returns. Where they do, a peer can send faster
 * than they decide: what waits is bounded in number, for each sender and for all, and in bytes,
 * since nothing of a stanza is held but its data.
 */
final class Receiving {
  private static final Logger LOG = LoggerFactory.getLogger(Receiving.class);

  private final PluginContext context;
  private final Keeping keeping;
  private final Events events;
  private final int maxItemBytes;
  private final TakenStanzas taken = new TakenStanzas();
  private final Places beingDecided = new Places();
  private final FailureLog undecided =
      new FailureLog(LOG, "Whether data may be taken could not be decided: it is not");

  Receiving(PluginContext context, Keeping keeping, Events events, int maxItemBytes) {
    this.context = context;
    this.keeping = keeping;
    this.events = events;
    this.maxItemBytes = maxItemBytes;
  }

  /** Takes the data that a stanza carries, once; what is rejected is left out. */
  CompletableFuture<List<Bob>> take(Stanza stanza) {
    List<XmlElement> carried = DataElement.carriedBy(stanza);
    if (carried.isEmpty()) {
      return CompletableFuture.completedFuture(List.of());
    }
    Arrival arrival = arrival(stanza, stanza.from().orElseGet(context::account), false);
    return taken.once(stanza, () -> takeAll(carried, arrival));
  }

  private CompletableFuture<List<Bob>> takeAll(List<XmlElement> carried, Arrival arrival) {
    List<CompletableFuture<Bob>> all = new ArrayList<>();
    for (XmlElement data : carried) {
      CompletableFuture<Bob> good = check(data, arrival);
      good.thenAccept(bob -> keeping.keep(arrival, bob));
      all.add(good);
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
   * Takes the data that answers a request of ours.
   *
   * @return completes when it is kept, or is not going to be; fails with {@link BobException} when
   *     it is not to be taken
   */
  CompletableFuture<Bob> takeAnswer(Iq answer, Jid peer, ContentId asked) {
    Arrival arrival = arrival(answer, peer, true);
    XmlElement data;
    try {
      data = answerTo(asked, answer);
    } catch (BobException e) {
      return reject(arrival, asked, e);
    }
    return check(data, arrival).thenCompose(bob -> keeping.keep(arrival, bob));
  }

  private static XmlElement answerTo(ContentId asked, Iq answer) {
    XmlElement data =
        answer
            .payload()
            .filter(payload -> payload.is(DataElement.NAME, Bob.NAMESPACE))
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

  /** Checks, asks, decodes and verifies, in this order, and tells of what is not taken. */
  private CompletableFuture<Bob> check(XmlElement data, Arrival arrival) {
    ContentId cid = null;
    try {
      cid = DataElement.cid(data);
      return ask(DataElement.offered(data, maxItemBytes, arrival.asked()), arrival);
    } catch (BobException e) {
      return reject(arrival, cid, e);
    }
  }

  /** What waits here for the application must not refer to the element. */
  private CompletableFuture<Bob> ask(OfferedData offered, Arrival arrival) {
    return decide(arrival, offered.offer())
        .thenCompose(may -> may ? accept(offered, arrival) : reject(arrival, offered, refused()));
  }

  private CompletableFuture<Bob> accept(OfferedData offered, Arrival arrival) {
    try {
      return CompletableFuture.completedFuture(DataElement.decode(offered));
    } catch (BobException e) {
      return reject(arrival, offered, e);
    }
  }

  private <T> CompletableFuture<T> reject(
      Arrival arrival, OfferedData offered, BobException failure) {
    return reject(arrival, offered.offer().cid(), failure);
  }

  private <T> CompletableFuture<T> reject(
      Arrival arrival, @Nullable ContentId cid, BobException failure) {
    LOG.debug("Data from {} is not taken: {}", arrival.from(), failure.getMessage());
    events.tell(new BobEvent.Rejected(arrival.from(), arrival.to(), cid, failure.reason()));
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
  private CompletableFuture<Boolean> decide(Arrival arrival, BobOffer offer) {
    if (!arrival.asked() && !beingDecided.enter(arrival.from())) {
      throw new BobException(
          Reason.TOO_MANY,
          Places.OF_ONE_SENDER
              + " items of one sender, or "
              + Places.OF_ALL
              + " of all, wait to be decided on already");
    }
    return context
        .api()
        .call(BobMethods.MAY_TAKE, arrival.target(), offer)
        .handle(
            (may, failure) -> {
              if (!arrival.asked()) {
                beingDecided.leave(arrival.from());
              }
              if (failure == null) {
                undecided.worked();
              } else {
                undecided.failed(failure);
              }
              return Boolean.TRUE.equals(may);
            });
  }

  private Arrival arrival(Stanza stanza, Jid from, boolean asked) {
    return new Arrival(from, stanza.to().orElseGet(context::self), asked);
  }
}
