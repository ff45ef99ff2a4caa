package dev.bobbin.xmpp.caps;

import dev.bobbin.xmpp.api.jid.Jid;
import dev.bobbin.xmpp.api.stanza.Iq;
import dev.bobbin.xmpp.api.stanza.Presence;
import dev.bobbin.xmpp.api.stanza.StanzaError;
import dev.bobbin.xmpp.api.stanza.StanzaErrorException;
import dev.bobbin.xmpp.api.xml.XmlElement;
import dev.bobbin.xmpp.caps.Announced.Fingerprint;
import dev.bobbin.xmpp.disco.DiscoInfo;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What peers announced, and what was found behind it.
 *
 * <p>Presence is only remembered: nobody can make us ask anything by sending it. Who wants to know
 * what a peer can do has it looked up, and only the first one of all who announce a fingerprint is
 * asked. An answer whose hash is right, and which can be read in one way only, holds for each of
 * them. Any other answer says at most something of the peer that gave it.
 *
 * <p>Threads: the reader hears presence; anybody looks up; answers come on workers. Each map guards
 * itself, and nothing is true of two of them together. A question under way is found by its key, so
 * that whoever comes meanwhile waits for it. When it shows nothing to them, they ask their own peer
 * once; so a peer that announces another's hash, and is silent, delays by one time-out at most.
 */
final class PeerCaps {
  /** For what is announced, what hashes stand for, and what single peers said; bytes, about. */
  static final long ROOM_FOR_EACH = 4 * 1024 * 1024;

  /** What an entry takes beside its texts; bytes, rounded up. */
  private static final int OVERHEAD = 400;

  private static final Logger LOG = LoggerFactory.getLogger(PeerCaps.class);

  /** What counts for one peer alone. */
  private record OfOne(Jid peer, Fingerprint fingerprint) {}

  /** What was found out; null for nothing, since the answer cannot be believed. */
  private record Found(@Nullable DiscoInfo info) {}

  private final Function<Iq, CompletableFuture<Iq>> network;
  private final BoundedMap<Jid, Announced> announced = new BoundedMap<>(ROOM_FOR_EACH);
  private final BoundedMap<Fingerprint, DiscoInfo> verified = new BoundedMap<>(ROOM_FOR_EACH);

  private final BoundedMap<OfOne, Found> ofOne = new BoundedMap<>(ROOM_FOR_EACH);

  /** By what they are about; each says who was asked. */
  private final Map<Object, CompletableFuture<Jid>> underWay = new ConcurrentHashMap<>();

  PeerCaps(Function<Iq, CompletableFuture<Iq>> network) {
    this.network = network;
  }

  /**
   * Remembers what a presence says. One that says nothing changes nothing: a server may leave out
   * what it has told before (section 8.4).
   */
  void hear(Presence presence) {
    Jid peer = presence.from().orElse(null);
    if (peer == null) {
      return;
    }
    if (presence.type() == Presence.Type.AVAILABLE) {
      presence
          .element()
          .child("c", Announced.NAMESPACE)
          .ifPresent(c -> remember(peer, Announced.in(presence).orElse(null)));
    } else if (presence.type() == Presence.Type.UNAVAILABLE
        || presence.type() == Presence.Type.ERROR) {
      remember(peer, null);
    }
  }

  private void remember(Jid peer, @Nullable Announced now) {
    Announced before = now == null ? announced.remove(peer) : announced.get(peer);
    if (before != null && !before.equals(now)) {
      ofOne.remove(new OfOne(peer, before.fingerprint()));
    }
    if (now != null) {
      announced.put(peer, now, weight(peer, now.fingerprint()) + 2L * now.node().length());
    }
  }

  /** Forgets who was there, not what fingerprints stand for. */
  void forgetPeers() {
    announced.clear();
    ofOne.clear();
  }

  /** What a peer can do; empty when that is not known. Never fails, and never blocks the reader. */
  CompletableFuture<Optional<DiscoInfo>> find(Jid peer) {
    Announced now = announced.get(peer);
    if (now == null) {
      return CompletableFuture.completedFuture(Optional.empty());
    }
    Optional<Found> known = known(peer, now);
    if (known.isPresent()) {
      return CompletableFuture.completedFuture(info(known));
    }
    return once(now.fingerprint(), () -> ask(peer, now))
        .thenCompose(
            asked ->
                asked.equals(peer) || known(peer, now).isPresent()
                    ? CompletableFuture.completedFuture(asked)
                    : once(new OfOne(peer, now.fingerprint()), () -> ask(peer, now)))
        .thenApply(
            asked -> now.equals(announced.get(peer)) ? info(known(peer, now)) : Optional.empty());
  }

  private static Optional<DiscoInfo> info(Optional<Found> known) {
    return known.map(Found::info);
  }

  private Optional<Found> known(Jid peer, Announced now) {
    DiscoInfo shared = verified.get(now.fingerprint());
    return Optional.ofNullable(
        shared == null ? ofOne.get(new OfOne(peer, now.fingerprint())) : new Found(shared));
  }

  private CompletableFuture<Jid> once(Object about, Supplier<CompletableFuture<Jid>> question) {
    CompletableFuture<Jid> mine = new CompletableFuture<>();
    CompletableFuture<Jid> before = underWay.putIfAbsent(about, mine);
    if (before != null) {
      return before;
    }
    question
        .get()
        .whenComplete(
            (asked, failure) -> {
              underWay.remove(about, mine);
              if (failure == null) {
                mine.complete(asked);
              } else {
                mine.completeExceptionally(failure);
              }
            });
    return mine;
  }

  private CompletableFuture<Jid> ask(Jid peer, Announced now) {
    XmlElement query =
        XmlElement.builder("query", DiscoInfo.NAMESPACE).attribute("node", now.discoNode()).build();
    return network
        .apply(Iq.get(peer, query))
        .handle(
            (answer, failure) -> {
              if (failure == null) {
                learn(peer, now.fingerprint(), answer);
              } else if (isFinal(cause(failure))) {
                reject(peer, now.fingerprint(), "it is not told what the hash stands for");
              } else {
                LOG.debug("What '{}' announced could not be asked for: {}", peer, failure);
              }
              return peer;
            });
  }

  /** An error that asks for patience says nothing of the hash, nor does silence. */
  private static boolean isFinal(Throwable failure) {
    return failure instanceof StanzaErrorException refusal
        && refusal.error().type() == StanzaError.Type.CANCEL;
  }

  private static Throwable cause(Throwable failure) {
    return failure instanceof CompletionException && failure.getCause() != null
        ? failure.getCause()
        : failure;
  }

  private void learn(Jid peer, Fingerprint fingerprint, Iq answer) {
    HashedInfo found;
    try {
      found =
          HashedInfo.read(
              answer
                  .payload()
                  .filter(payload -> payload.is("query", DiscoInfo.NAMESPACE))
                  .orElseThrow(() -> new IllFormedInfoException("there is no <query/>")));
    } catch (IllFormedInfoException e) {
      reject(peer, fingerprint, e.getMessage());
      return;
    }
    Optional<CapsHash> hash = CapsHash.named(fingerprint.hash());
    if (hash.isPresent() && !found.fingerprint(hash.get()).equals(fingerprint)) {
      reject(peer, fingerprint, "its hash is another");
    } else if (hash.isPresent() && found.readsOneWay()) {
      verified.put(fingerprint, found.info(), found.weight());
    } else {
      ofOne.put(
          new OfOne(peer, fingerprint),
          new Found(found.info()),
          weight(peer, fingerprint) + found.weight());
    }
  }

  private void reject(Jid peer, Fingerprint fingerprint, @Nullable String why) {
    LOG.debug("What '{}' answers for what it announced is not believed: {}", peer, why);
    ofOne.put(new OfOne(peer, fingerprint), new Found(null), weight(peer, fingerprint));
  }

  private static long weight(Jid peer, Fingerprint fingerprint) {
    int characters =
        peer.toString().length() + fingerprint.hash().length() + fingerprint.ver().length();
    return OVERHEAD + 2L * characters;
  }
}
