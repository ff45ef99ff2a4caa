package dev.bobbin.xmpp.core.internal.registry;

import dev.bobbin.xmpp.api.registry.ApiHandler;
import dev.bobbin.xmpp.api.registry.ApiMethod;
import dev.bobbin.xmpp.api.registry.ApiScope;
import dev.bobbin.xmpp.api.registry.Registration;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The current snapshot of one method; {@link HandlerRegistry} tells how its threads meet. */
final class MethodTable<I, O> {
  private final Object writing = new Object();
  private final ApiMethod<I, O> method;
  private volatile Snapshot<I, O> snapshot = Snapshot.empty();

  MethodTable(ApiMethod<I, O> method) {
    this.method = method;
  }

  Snapshot<I, O> snapshot() {
    return snapshot;
  }

  /** Stacks a handler on a scope, or the default where the handler is null. */
  Registration add(ApiScope scope, @Nullable ApiHandler<I, O> handler, Registrant registrant) {
    Entry<I, O> entry = new Entry<>(scope, handler, registrant);
    synchronized (writing) {
      snapshot = snapshot.with(scope, entry);
    }
    return () -> remove(entry);
  }

  Registration addDefault(ApiHandler<I, O> handler, Registrant registrant) {
    Entry<I, O> entry = new Entry<>(null, handler, registrant);
    synchronized (writing) {
      Entry<I, O> first = snapshot.defaultEntry();
      if (first != null) {
        throw new IllegalStateException(
            method
                + " has a default already, from "
                + first.registrant().description()
                + "; it has one at most: close that one first, or register a handler above it");
      }
      snapshot = snapshot.withDefault(entry);
    }
    return () -> remove(entry);
  }

  private void remove(Entry<I, O> entry) {
    synchronized (writing) {
      snapshot = snapshot.without(entry);
    }
  }

  void removeAll(ApiScope scope) {
    synchronized (writing) {
      snapshot = snapshot.without(scope);
    }
  }

  void removeAll(Predicate<Entry<I, O>> gone) {
    synchronized (writing) {
      snapshot = snapshot.withoutAll(gone);
    }
  }

  void clear() {
    synchronized (writing) {
      snapshot = Snapshot.empty();
    }
  }
}
