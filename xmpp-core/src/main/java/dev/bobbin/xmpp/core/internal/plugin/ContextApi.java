package dev.bobbin.xmpp.core.internal.plugin;

import dev.bobbin.xmpp.api.registry.ApiHandler;
import dev.bobbin.xmpp.api.registry.ApiMethod;
import dev.bobbin.xmpp.api.registry.ApiRegistry;
import dev.bobbin.xmpp.api.registry.ApiScope;
import dev.bobbin.xmpp.api.registry.ApiTarget;
import dev.bobbin.xmpp.api.registry.Registration;
import dev.bobbin.xmpp.api.registry.Resolved;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;

/**
 * The internal API in a plugin's context: what is registered goes with the context, even when that
 * is closed meanwhile.
 */
record ContextApi(ApiRegistry registry, UnaryOperator<Registration> keep) implements ApiRegistry {
  @Override
  public <I, O> CompletableFuture<O> call(ApiMethod<I, O> method, ApiTarget target, I args) {
    return registry.call(method, target, args);
  }

  @Override
  public <I, O> Registration register(
      ApiMethod<I, O> method, ApiScope scope, ApiHandler<I, O> handler) {
    return keep.apply(registry.register(method, scope, handler));
  }

  @Override
  public <I, O> Registration registerDefault(ApiMethod<I, O> method, ApiHandler<I, O> handler) {
    return keep.apply(registry.registerDefault(method, handler));
  }

  @Override
  public Registration restoreDefault(ApiMethod<?, ?> method, ApiScope scope) {
    return keep.apply(registry.restoreDefault(method, scope));
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
