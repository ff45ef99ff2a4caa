package dev.bobbin.concurrency;

import dev.bobbin.xmpp.api.jid.Jid;
import dev.bobbin.xmpp.api.registry.ApiHandler;
import dev.bobbin.xmpp.api.registry.ApiMethod;
import dev.bobbin.xmpp.api.registry.ApiRegistry;
import dev.bobbin.xmpp.api.registry.ApiScope;
import dev.bobbin.xmpp.api.registry.ApiTarget;
import dev.bobbin.xmpp.api.registry.Registration;
import dev.bobbin.xmpp.core.internal.registry.HandlerRegistry;

/** A fresh registry with a default {@code d}, on which both actors of a test work. */
class Fixture {
  private static final Jid JID = Jid.of("romeo@montague.example");

  static final ApiScope SCOPE = ApiScope.jid(JID);
  static final ApiScope OTHER_SCOPE = ApiScope.everywhere();

  private static final ApiTarget TARGET = ApiTarget.of(JID);
  private static final ApiMethod<String, String> METHOD = ApiMethod.of("xep_0231", "get_bob");

  /** A plugin's view: it need not look for its caller, which makes room for more samples. */
  private final ApiRegistry registry =
      new HandlerRegistry(Runnable::run, () -> false).ownedBy("test");

  final Registration ofDefault = registerDefault("d");

  final Registration registerDefault(String name) {
    return registry.registerDefault(METHOD, ApiHandler.direct(call -> name));
  }

  /** Registers a handler that puts its name before what the covered one answers. */
  final Registration register(ApiScope scope, String name) {
    return register(scope, call -> call.proceed(call.args()).thenApply(name::concat));
  }

  final Registration register(ApiScope scope, ApiHandler<String, String> handler) {
    return registry.register(METHOD, scope, handler);
  }

  final void unregister(ApiScope scope) {
    registry.unregister(METHOD, scope);
  }

  /** The names of the handlers that a call reached, or the class of what it failed with. */
  final String call() {
    return registry
        .call(METHOD, TARGET, "")
        .exceptionally(failure -> failure.getClass().getSimpleName())
        .join();
  }
}
