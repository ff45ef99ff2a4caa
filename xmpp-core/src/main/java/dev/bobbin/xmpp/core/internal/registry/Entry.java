package dev.bobbin.xmpp.core.internal.registry;

import dev.bobbin.xmpp.api.registry.ApiHandler;
import dev.bobbin.xmpp.api.registry.ApiScope;
import dev.bobbin.xmpp.api.registry.Resolved;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One registration. Compared by identity: the same handler registered twice on one scope is two
 * registrations, each closed on its own.
 */
final class Entry<I, O> {
  private static final int DEFAULT_LEVEL = 7;

  private final @Nullable ApiScope scope;
  private final @Nullable ApiHandler<I, O> handler;
  private final Registrant registrant;

  /**
   * Makes an entry.
   *
   * @param scope null for the default
   * @param handler null where the default is restored
   */
  Entry(@Nullable ApiScope scope, @Nullable ApiHandler<I, O> handler, Registrant registrant) {
    this.scope = scope;
    this.handler = handler;
    this.registrant = registrant;
  }

  @Nullable ApiScope scope() {
    return scope;
  }

  @Nullable ApiHandler<I, O> handler() {
    return handler;
  }

  Registrant registrant() {
    return registrant;
  }

  boolean restoresDefault() {
    return handler == null;
  }

  Resolved resolved() {
    return new Resolved(
        scope == null ? DEFAULT_LEVEL : scope.level(),
        Optional.ofNullable(scope),
        registrant.description(),
        restoresDefault());
  }
}
