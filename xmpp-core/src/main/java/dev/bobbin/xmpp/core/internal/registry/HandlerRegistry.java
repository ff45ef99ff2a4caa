package dev.bobbin.xmpp.core.internal.registry;

import static java.util.Objects.requireNonNull;

import dev.bobbin.xmpp.api.registry.ApiHandler;
import dev.bobbin.xmpp.api.registry.ApiMethod;
import dev.bobbin.xmpp.api.registry.ApiRegistry;
import dev.bobbin.xmpp.api.registry.ApiScope;
import dev.bobbin.xmpp.api.registry.ApiTarget;
import dev.bobbin.xmpp.api.registry.NoHandlerException;
import dev.bobbin.xmpp.api.registry.Registration;
import dev.bobbin.xmpp.api.registry.Resolved;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The handlers of one client.
 *
 * <h2>How threads meet here</h2>
 *
 * <p>Each method has one {@link MethodTable}, and that has one volatile reference to an immutable
 * {@link Snapshot} of all registrations of the method. A call reads the reference once and takes
 * its whole chain from that one snapshot. So a call takes no lock, sees all levels as they were at
 * one moment, and keeps what it saw: no writer can put a hole into a chain between two of its
 * links. Looking the levels up one after the other in a concurrent map would be cheaper to write
 * to, but a call could then miss a handler that moved from one level to another and find nothing,
 * though at each moment there was something.
 *
 * <p>Writers make a changed copy and publish it, one at a time for each method, under the table's
 * own lock. Nothing foreign runs under that lock: no handler, and no {@code equals} but that of
 * scopes. So it is held for microseconds and cannot be part of a deadlock. What happened before a
 * registration, such as filling the store that a handler uses, is visible to the calls that reach
 * the handler, since they read the reference that the writer wrote.
 *
 * <p>A registration is an {@link Entry}, found again by identity. That makes closing idempotent and
 * exact: once its entry is gone, by {@code close}, {@code unregister} or with its plugin, a late
 * {@code close} finds nothing, even if the same handler serves the same scope again.
 *
 * <p>A table is made by the first registration and stays when it is empty: removing it would race
 * with a writer that has just looked it up, and there are only as many as there are keys. Calls and
 * explanations make none. Closing a plugin goes through the tables one by one; what is being
 * registered meanwhile may stay.
 *
 * <p>Which thread runs a handler is decided anew at each link of the chain, by where the call is
 * then: a handler that does not promise to be direct goes to the workers if the current thread
 * reads the connection, and runs in place otherwise.
 */
public final class HandlerRegistry implements ApiRegistry {
  private final ConcurrentMap<ApiMethod<?, ?>, MethodTable<?, ?>> tables =
      new ConcurrentHashMap<>();
  private final Threads threads;

  /**
   * Makes an empty registry.
   *
   * @param workers where handlers run that may block
   * @param onReaderThread whether the current thread is the one that reads the connection; cheap
   */
  public HandlerRegistry(Executor workers, BooleanSupplier onReaderThread) {
    this.threads =
        new Threads(
            requireNonNull(workers, "workers"), requireNonNull(onReaderThread, "onReaderThread"));
  }

  /**
   * This registry as a plugin sees it. What is registered through the view is explained as the
   * plugin's, and closed with it.
   *
   * @param plugin the plugin's name
   * @return a view, valid as long as the registry
   */
  public ApiRegistry ownedBy(String plugin) {
    return new OwnedView(this, Registrant.plugin(requireNonNull(plugin, "plugin")));
  }

  /**
   * Closes all that was registered through the views of a plugin, on whichever method.
   *
   * @param plugin the plugin's name
   */
  public void closeOwnedBy(String plugin) {
    requireNonNull(plugin, "plugin");
    tables.values().forEach(t -> t.removeAll(e -> plugin.equals(e.registrant().owner())));
  }

  /**
   * Closes all that concerns a plugin: every registration on its methods, whoever made it and
   * defaults included, and all that was registered through its views.
   *
   * @param plugin the plugin's name
   */
  public void closePlugin(String plugin) {
    closeOwnedBy(plugin);
    tables.forEach(
        (method, table) -> {
          if (method.plugin().equals(plugin)) {
            table.clear();
          }
        });
  }

  @Override
  public <I, O> CompletableFuture<O> call(ApiMethod<I, O> method, ApiTarget target, I args) {
    try {
      requireNonNull(method, "method");
      requireNonNull(target, "target");
      requireNonNull(args, "args");
      MethodTable<I, O> table = existing(method);
      return table == null
          ? Outcome.failed(new NoHandlerException(method, target))
          : Step.run(threads, method, target, table.snapshot().chain(target), 0, args);
    } catch (Throwable e) {
      return Outcome.failed(e); // Such as an argument that is null: a call never throws.
    }
  }

  @Override
  public <I, O> Registration register(
      ApiMethod<I, O> method, ApiScope scope, ApiHandler<I, O> handler) {
    return register(method, scope, handler, Registrant.caller());
  }

  <I, O> Registration register(
      ApiMethod<I, O> method, ApiScope scope, ApiHandler<I, O> handler, Registrant registrant) {
    requireNonNull(method, "method");
    requireNonNull(scope, "scope");
    requireNonNull(handler, "handler");
    return table(method).add(scope, handler, registrant);
  }

  @Override
  public <I, O> Registration registerDefault(ApiMethod<I, O> method, ApiHandler<I, O> handler) {
    return registerDefault(method, handler, Registrant.caller());
  }

  <I, O> Registration registerDefault(
      ApiMethod<I, O> method, ApiHandler<I, O> handler, Registrant registrant) {
    requireNonNull(method, "method");
    requireNonNull(handler, "handler");
    return table(method).addDefault(handler, registrant);
  }

  @Override
  public Registration restoreDefault(ApiMethod<?, ?> method, ApiScope scope) {
    return restoreDefault(method, scope, Registrant.caller());
  }

  Registration restoreDefault(ApiMethod<?, ?> method, ApiScope scope, Registrant registrant) {
    requireNonNull(method, "method");
    requireNonNull(scope, "scope");
    return table(method).add(scope, null, registrant);
  }

  @Override
  public void unregister(ApiMethod<?, ?> method, ApiScope scope) {
    requireNonNull(method, "method");
    requireNonNull(scope, "scope");
    MethodTable<?, ?> table = existing(method);
    if (table != null) {
      table.removeAll(scope);
    }
  }

  @Override
  public List<Resolved> explain(ApiMethod<?, ?> method, ApiTarget target) {
    requireNonNull(method, "method");
    requireNonNull(target, "target");
    MethodTable<?, ?> table = existing(method);
    return table == null ? List.of() : explained(table, target);
  }

  private static <I, O> List<Resolved> explained(MethodTable<I, O> table, ApiTarget target) {
    return table.snapshot().chain(target).stream().map(Entry::resolved).toList();
  }

  @SuppressWarnings("unchecked") // A key is one object, and its table is made with its types.
  private <I, O> MethodTable<I, O> table(ApiMethod<I, O> method) {
    return (MethodTable<I, O>) tables.computeIfAbsent(method, MethodTable::new);
  }

  @SuppressWarnings("unchecked") // As above.
  private <I, O> @Nullable MethodTable<I, O> existing(ApiMethod<I, O> method) {
    return (MethodTable<I, O>) tables.get(method);
  }
}
