package dev.bobbin.xmpp.core.internal.registry;

import dev.bobbin.xmpp.api.registry.ApiHandler;
import dev.bobbin.xmpp.api.registry.ApiMethod;
import dev.bobbin.xmpp.api.registry.ApiRegistry;
import dev.bobbin.xmpp.api.registry.ApiScope;
import dev.bobbin.xmpp.api.registry.ApiTarget;
import dev.bobbin.xmpp.api.registry.Registration;
import dev.bobbin.xmpp.api.registry.Resolved;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** The registry as one plugin sees it: what it registers bears its name. */
record OwnedView(HandlerRegistry registry, Registrant owner) implements ApiRegistry {
  @Override
  public <I, O> CompletableFuture<O> call(ApiMethod<I, O> method, ApiTarget target, I args) {
    return registry.call(method, target, args);
  }

  @Override
  public <I, O> Registration register(
      ApiMethod<I, O> method, ApiScope scope, ApiHandler<I, O> handler) {
    return registry.register(method, scope, handler, owner);
  }

  @Override
  public <I, O> Registration registerDefault(ApiMethod<I, O> method, ApiHandler<I, O> handler) {
    return registry.registerDefault(method, handler, owner);
  }

  @Override
  public Registration restoreDefault(ApiMethod<?, ?> method, ApiScope scope) {
    return registry.restoreDefault(method, scope, owner);
  }

  @Override
  public void unregister(ApiMethod<?, ?> method, ApiScope scope) {
    registry.unregister(method, scope);
  }

  @Override
  public List<Resolved> explain(ApiMethod<?, ?> method, ApiTarget target) {
    return registry.explain(method, target);
  }
}
