package dev.bobbin.xmpp.caps;

import dev.bobbin.xmpp.api.plugin.PluginContext;
import dev.bobbin.xmpp.api.registry.ApiCall;
import dev.bobbin.xmpp.api.registry.ApiTarget;
import dev.bobbin.xmpp.api.stanza.Presence;
import dev.bobbin.xmpp.api.stanza.Stanza;
import dev.bobbin.xmpp.disco.DiscoInfo;
import dev.bobbin.xmpp.disco.DiscoMethods;
import dev.bobbin.xmpp.disco.DiscoQuery;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What we announce: the hash of what {@link DiscoMethods#GET_INFO} says of us at that moment.
 *
 * <p>Presence cannot wait for a handler that takes its time, since it would then be overtaken by
 * what is sent after it. It leaves with what was known before, and a broadcast is sent again once
 * the answer shows something else. What we are is therefore looked up also when it changes and when
 * a connection begins, so that something is known.
 *
 * <p>Who asks about the node that we announced is told what it would be told without a node, if
 * that still has the announced hash. So no rule about who may know what is got round, and nobody
 * goes on believing what is not so any more.
 *
 * <p>Threads: any sends presence, several at once. The monitor guards what was sent and said last,
 * and no foreign code runs under it. What is sent again must not follow something newer of the
 * application's. So each broadcast of the application's is numbered before it is on its way, and
 * what is sent again is dropped unless it is still the last one when it takes its place in the
 * queue to the network: whatever is numbered later stands behind it there. What the application
 * sends on several threads at once has no order to keep.
 */
final class OwnCaps {
  /** Several plugins are turned off in one go, and a plugin has several features. */
  private static final Duration UNTIL_TOLD = Duration.ofMillis(250);

  private static final Logger LOG = LoggerFactory.getLogger(OwnCaps.class);

  /** Something that we can be, and its name. */
  private record Known(DiscoInfo info, @Nullable Announced announced) {}

  /** A broadcast of ours that says something new, and the number of the one that it repeats. */
  private record Repeated(Presence presence, Announced says, long number) {}

  private final PluginContext context;
  private final String node;
  private final boolean announcesChanges;
  private final AtomicBoolean changeIsWaiting = new AtomicBoolean();
  private volatile boolean isOff;
  private volatile @Nullable Known latest;

  /** The application's last broadcast, while it is available and says nothing itself. */
  private @Nullable Presence last;

  /** How many broadcasts there were, those that end the presence session included. */
  private long number;

  /** What the last broadcast said; null for nothing. */
  private @Nullable Announced said;

  OwnCaps(PluginContext context, String node, boolean announcesChanges) {
    this.context = context;
    this.node = node;
    this.announcesChanges = announcesChanges;
  }

  /** Notes what the application broadcasts, before it is changed. */
  synchronized void sending(Stanza stanza) {
    if (stanza instanceof Presence presence && presence.to().isEmpty() && isOurs(presence)) {
      if (presence.type() == Presence.Type.AVAILABLE) {
        number++;
        last = hasSome(presence) ? null : presence;
      } else if (presence.type() == Presence.Type.UNAVAILABLE) {
        forget();
      }
    }
  }

  /** The presence session is over, and nothing to be sent again. */
  synchronized void forget() {
    number++;
    last = null;
    said = null;
  }

  /** The plugin is off: what comes late concerns nobody. */
  void turnOff() {
    isOff = true;
  }

  /** A presence as it is sent. One that says something itself, or is another's, is left alone. */
  Presence addTo(Presence presence) {
    if (hasSome(presence) || !isOurs(presence)) {
      return presence;
    }
    CompletableFuture<Optional<Announced>> present = present();
    boolean late = !present.isDone();
    Announced known = late ? latest() : present.join().orElse(null);
    if (presence.to().isEmpty()) {
      say(known);
    }
    if (late) {
      present.thenCompose(now -> announce());
    }
    return known == null ? presence : presence.withChild(known.toElement());
  }

  private static boolean hasSome(Presence presence) {
    return presence.element().child("c", Announced.NAMESPACE).isPresent();
  }

  /** A client that speaks for a gateway sends the presence of others as well. */
  private boolean isOurs(Presence presence) {
    return presence.from().map(from -> from.bare().equals(context.account())).orElse(true);
  }

  private synchronized void say(@Nullable Announced now) {
    said = now;
  }

  private @Nullable Announced latest() {
    Known present = latest;
    return present == null ? null : present.announced();
  }

  /** What we are may have changed: it is looked up a little later, once for all that changes. */
  void changed() {
    if (changeIsWaiting.compareAndSet(false, true)) {
      context.after(
          UNTIL_TOLD,
          () -> {
            changeIsWaiting.set(false);
            CompletableFuture<?> told = announcesChanges ? announce() : present();
            told.exceptionally(
                failure -> {
                  LOG.debug("A change of what we are was not announced: {}", failure.toString());
                  return null;
                });
          });
    }
  }

  /** Has something known before it is needed. */
  void warmUp() {
    present();
  }

  /** Sends the last broadcast again, if it would say something else now; tells whether. */
  CompletableFuture<Boolean> announce() {
    return present().thenCompose(now -> now.map(this::announce).orElseGet(OwnCaps::nothingSent));
  }

  private CompletableFuture<Boolean> announce(Announced now) {
    Repeated again = again(now);
    return again == null
        ? nothingSent()
        : context
            .sendIf(again.presence(), () -> isLast(again))
            .whenComplete(
                (sent, failure) -> {
                  if (failure != null) {
                    unsay(again);
                  }
                });
  }

  private static CompletableFuture<Boolean> nothingSent() {
    return CompletableFuture.completedFuture(false);
  }

  /** The last broadcast if it has to be sent again; whoever asks meanwhile need not. */
  private synchronized @Nullable Repeated again(Announced now) {
    if (last == null || now.equals(said)) {
      return null;
    }
    said = now;
    return new Repeated(last.withChild(now.toElement()), now, number);
  }

  private synchronized boolean isLast(Repeated again) {
    return again.number() == number;
  }

  private synchronized void unsay(Repeated again) {
    if (isLast(again) && again.says().equals(said)) {
      said = null;
    }
  }

  /** What we are at this moment; empty when that cannot be announced. Never fails. */
  private CompletableFuture<Optional<Announced>> present() {
    return context
        .api()
        .call(DiscoMethods.GET_INFO, ApiTarget.of(context.self()), new DiscoQuery(null))
        .thenApply(info -> info.map(this::know))
        .exceptionally(
            failure -> {
              if (!isOff) {
                LOG.warn("Presence goes without capabilities: what we are is not told", failure);
              }
              return Optional.empty();
            });
  }

  private @Nullable Announced know(DiscoInfo info) {
    Known before = latest;
    if (before != null && before.info().equals(info)) {
      return before.announced();
    }
    Announced now = null;
    try {
      now = named(info);
    } catch (IllFormedInfoException e) {
      LOG.warn("Presence goes without capabilities: in what we are {}", e.getMessage());
    }
    latest = new Known(info, now);
    return now;
  }

  private Announced named(DiscoInfo info) throws IllFormedInfoException {
    HashedInfo hashed = HashedInfo.read(info.toElement().build());
    return new Announced(hashed.fingerprint(CapsHash.SHA_1), node);
  }

  /** What stands behind a node, for one who asks; empty when we would not announce that to it. */
  CompletableFuture<Optional<DiscoInfo>> behind(ApiCall<DiscoQuery, Optional<DiscoInfo>> call) {
    String asked = call.node().orElse("");
    if (!asked.startsWith(node + '#')) {
      return CompletableFuture.completedFuture(Optional.empty());
    }
    ApiTarget withoutNode = ApiTarget.of(call.jid().orElseGet(context::self));
    return context
        .api()
        .call(
            DiscoMethods.GET_INFO,
            call.from().map(withoutNode::withFrom).orElse(withoutNode),
            new DiscoQuery(null))
        .thenApply(info -> info.filter(told -> isNamed(asked, told)));
  }

  private boolean isNamed(String asked, DiscoInfo info) {
    try {
      return named(info).discoNode().equals(asked);
    } catch (IllFormedInfoException e) {
      return false;
    }
  }
}
