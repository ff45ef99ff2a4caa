package dev.bobbin.xmpp.bob.plugin;

import dev.bobbin.xmpp.api.stanza.Stanza;
import dev.bobbin.xmpp.bob.Bob;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What was taken of stanzas, so that each is taken once: by the plugin when it comes, and then
 * given to the application that asks for the same.
 *
 * <p>A stanza is the very instance, since a peer may well send equal ones. It is remembered for as
 * long as somebody else holds it: nothing here does, and an outcome must not either. Thread-safe;
 * no lock is held while a stanza is taken, as that calls handlers, which may take another.
 */
final class TakenStanzas {
  private final Map<Instance, CompletableFuture<List<Bob>>> outcomes = new ConcurrentHashMap<>();
  private final ReferenceQueue<Stanza> gone = new ReferenceQueue<>();

  /** A stanza that may be gone. */
  private static final class Instance extends WeakReference<Stanza> {
    private final int hash;

    Instance(Stanza stanza, ReferenceQueue<Stanza> gone) {
      super(stanza, gone);
      this.hash = System.identityHashCode(stanza);
    }

    @Override
    public boolean equals(@Nullable Object other) {
      if (this == other) {
        return true;
      }
      Stanza stanza = get();
      return stanza != null && other instanceof Instance that && that.refersTo(stanza);
    }

    @Override
    public int hashCode() {
      return hash;
    }
  }

  /** Takes a stanza, unless it was; gives a future of one's own of what it gave. */
  CompletableFuture<List<Bob>> once(Stanza stanza, Supplier<CompletableFuture<List<Bob>>> taking) {
    forgetThoseGone();
    CompletableFuture<List<Bob>> outcome = new CompletableFuture<>();
    CompletableFuture<List<Bob>> present =
        outcomes.putIfAbsent(new Instance(stanza, gone), outcome);
    if (present != null) {
      return present.copy();
    }
    taking
        .get()
        .whenComplete(
            (bobs, failure) -> {
              if (failure == null) {
                outcome.complete(bobs);
              } else {
                outcome.completeExceptionally(failure);
              }
            });
    return outcome.copy();
  }

  private void forgetThoseGone() {
    Reference<? extends Stanza> reference = gone.poll();
    while (reference != null) {
      outcomes.remove(reference);
      reference = gone.poll();
    }
  }
}
