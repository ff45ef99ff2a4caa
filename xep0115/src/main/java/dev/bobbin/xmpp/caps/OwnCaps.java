package dev.bobbin.xmpp.caps;

import dev.bobbin.xmpp.api.plugin.PluginContext;
import dev.bobbin.xmpp.api.registry.ApiHandler;
import dev.bobbin.xmpp.api.registry.ApiScope;
import dev.bobbin.xmpp.api.registry.ApiTarget;
import dev.bobbin.xmpp.api.registry.Registration;
import dev.bobbin.xmpp.api.stanza.Presence;
import dev.bobbin.xmpp.api.stanza.Stanza;
import dev.bobbin.xmpp.disco.DiscoInfo;
import dev.bobbin.xmpp.disco.DiscoMethods;
import dev.bobbin.xmpp.disco.DiscoQuery;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What we announce: the hash of what {@link DiscoMethods#GET_INFO} says of us at that moment.
 *
 * <p>Presence cannot wait for a handler that takes its time, since it would then be overtaken by
 * what is sent after it. It leaves with what was known before, and is sent again once the answer
 * shows something else. What was announced stays answered while it is among the latest {@value
 * #KEPT}: peers that heard of it may not have heard of the next yet.
 *
 * <p>Threads: any sends presence, several at once. The monitor guards what was published and what
 * was said last, and no foreign code runs under it but the registry's.
 */
final class OwnCaps {
  /** How many fingerprints of ours are answered for. */
  static final int KEPT = 4;

  private static final Logger LOG = LoggerFactory.getLogger(OwnCaps.class);

  /** Something that we can be, and what takes its node away. */
  private record Published(DiscoInfo info, Announced announced, Registration node) {}

  private final PluginContext context;
  private final String node;

  /** The latest first. */
  private final Deque<Published> published = new ArrayDeque<>();

  /** The application's last broadcast, while it is available and says nothing itself. */
  private @Nullable Presence last;

  /** What the last broadcast said; null for nothing. */
  private @Nullable Announced said;

  OwnCaps(PluginContext context, String node) {
    this.context = context;
    this.node = node;
  }

  /** Notes what the application broadcasts, before it is changed. */
  synchronized void sending(Stanza stanza) {
    if (stanza instanceof Presence presence && presence.to().isEmpty()) {
      if (presence.type() == Presence.Type.AVAILABLE) {
        last = hasSome(presence) ? null : presence;
      } else if (presence.type() == Presence.Type.UNAVAILABLE) {
        forget();
      }
    }
  }

  /** The presence session is over, and nothing to be sent again. */
  synchronized void forget() {
    last = null;
    said = null;
  }

  /** A presence as it is sent. One that says something itself is left alone. */
  Presence addTo(Presence presence) {
    if (hasSome(presence)) {
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

  private synchronized void say(@Nullable Announced now) {
    said = now;
  }

  private synchronized @Nullable Announced latest() {
    Published first = published.peekFirst();
    return first == null ? null : first.announced();
  }

  /** Sends the last broadcast again, if it would say something else now; tells whether. */
  CompletableFuture<Boolean> announce() {
    return present()
        .thenCompose(
            now -> {
              Presence again = again(now.orElse(null));
              return again == null
                  ? CompletableFuture.completedFuture(false)
                  : context.send(again).thenApply(sent -> true);
            });
  }

  /** The last broadcast if it has to be sent again. */
  private synchronized @Nullable Presence again(@Nullable Announced now) {
    if (last == null || now == null || now.equals(said)) {
      return null;
    }
    said = now;
    return last.withChild(now.toElement());
  }

  /** What we are at this moment; empty when that cannot be announced. Never fails. */
  private CompletableFuture<Optional<Announced>> present() {
    return context
        .api()
        .call(DiscoMethods.GET_INFO, ApiTarget.of(context.self()), new DiscoQuery(null))
        .thenApply(info -> info.map(this::publish))
        .exceptionally(
            failure -> {
              LOG.warn("Presence goes without capabilities: what we are cannot be told", failure);
              return Optional.empty();
            });
  }

  private synchronized @Nullable Announced publish(DiscoInfo info) {
    for (Published before : published) {
      if (before.info().equals(info)) {
        published.remove(before);
        published.addFirst(before);
        return before.announced();
      }
    }
    Announced now;
    try {
      HashedInfo hashed = HashedInfo.read(info.toElement().build());
      now = new Announced(hashed.fingerprint(CapsHash.SHA_1), node);
    } catch (IllFormedInfoException e) {
      LOG.warn("Presence goes without capabilities: in what we are {}", e.getMessage());
      return null;
    }
    Registration answered =
        context
            .api()
            .register(
                DiscoMethods.GET_INFO,
                ApiScope.node(now.discoNode()),
                ApiHandler.direct(call -> Optional.of(info)));
    published.addFirst(new Published(info, now, answered));
    if (published.size() > KEPT) {
      published.removeLast().node().close();
    }
    return now;
  }
}
