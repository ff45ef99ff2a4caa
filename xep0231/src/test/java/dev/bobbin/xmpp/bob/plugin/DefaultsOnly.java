package dev.bobbin.xmpp.bob.plugin;

import dev.bobbin.xmpp.api.jid.Jid;
import dev.bobbin.xmpp.api.registry.ApiCall;
import dev.bobbin.xmpp.api.registry.ApiHandler;
import dev.bobbin.xmpp.api.registry.ApiMethod;
import dev.bobbin.xmpp.api.registry.ApiRegistry;
import dev.bobbin.xmpp.api.registry.ApiScope;
import dev.bobbin.xmpp.api.registry.ApiTarget;
import dev.bobbin.xmpp.api.registry.Registration;
import dev.bobbin.xmpp.api.registry.Resolved;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/** A registry that knows defaults and nothing else. */
final class DefaultsOnly implements ApiRegistry {
  private final Map<ApiMethod<?, ?>, ApiHandler<?, ?>> defaults = new HashMap<>();

  private record Call<I, O>(ApiMethod<I, O> method, I args) implements ApiCall<I, O> {
    @Override
    public Optional<Jid> jid() {
      return Optional.empty();
    }

    @Override
    public Optional<String> node() {
      return Optional.empty();
    }

    @Override
    public Optional<Jid> from() {
      return Optional.empty();
    }

    @Override
    public CompletionStage<O> proceed(I newArgs) {
      throw new AssertionError("a default passes on to nobody");
    }

    @Override
    public Executor workers() {
      throw new AssertionError("a default that is direct needs no workers");
    }
  }

  @Override
  public <I, O> Registration registerDefault(ApiMethod<I, O> method, ApiHandler<I, O> handler) {
    if (defaults.putIfAbsent(method, handler) != null) {
      throw new IllegalStateException("a second default");
    }
    return () -> defaults.remove(method, handler);
  }

  @Override
  @SuppressWarnings("unchecked") // registerDefault ties them together.
  public <I, O> CompletableFuture<O> call(ApiMethod<I, O> method, ApiTarget target, I args) {
    try {
      ApiHandler<I, O> handler = (ApiHandler<I, O>) defaults.get(method);
      return handler.handle(new Call<>(method, args)).toCompletableFuture();
    } catch (Exception e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  <I, O> O run(ApiMethod<I, O> method, I args) {
    return call(method, ApiTarget.none(), args).join();
  }

  boolean isDirect(ApiMethod<?, ?> method) {
    return defaults.get(method).isDirect();
  }

  @Override
  public <I, O> Registration register(
      ApiMethod<I, O> method, ApiScope scope, ApiHandler<I, O> handler) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Registration restoreDefault(ApiMethod<?, ?> method, ApiScope scope) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void unregister(ApiMethod<?, ?> method, ApiScope scope) {
    throw new UnsupportedOperationException();
  }

  @Override
  public List<Resolved> explain(ApiMethod<?, ?> method, ApiTarget target) {
    throw new UnsupportedOperationException();
  }
}
