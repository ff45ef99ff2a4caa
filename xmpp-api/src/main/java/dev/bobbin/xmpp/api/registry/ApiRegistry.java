package dev.bobbin.xmpp.api.registry;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Who serves the internal-API methods of one client's plugins.
 *
 * <p>Of the handlers whose {@link ApiScope} covers a call, the most specific serves it:
 *
 * <ol>
 *   <li>full JID and node
 *   <li>bare JID and node
 *   <li>full JID
 *   <li>bare JID
 *   <li>node
 *   <li>everywhere
 *   <li>the default, which the plugin or its store supplies
 * </ol>
 *
 * <p>A call about a bare JID never matches a registration for a full one. Registrations on one
 * scope stack: the latest serves, and closing any of them, in any order, brings back what it
 * covered.
 *
 * <p>Thread-safe. Calls take no lock; registering and closing may happen at any time from any
 * thread, and a call that has begun keeps the handlers that it found.
 */
public interface ApiRegistry {
  /**
   * Calls a method.
   *
   * @param method which
   * @param target what it is about
   * @param args what it takes
   * @param <I> what the method takes
   * @param <O> what the method gives
   * @return the outcome. It completes exceptionally with the very instance that the handler threw,
   *     or with {@link NoHandlerException}. The handler runs once, and cancelling the future does
   *     not stop it. Never throws
   */
  <I, O> CompletableFuture<O> call(ApiMethod<I, O> method, ApiTarget target, I args);

  /**
   * Registers a handler on top of those that its scope has.
   *
   * @param method what it serves
   * @param scope for which calls
   * @param handler the handler
   * @param <I> what the method takes
   * @param <O> what the method gives
   * @return closes just this registration
   */
  <I, O> Registration register(ApiMethod<I, O> method, ApiScope scope, ApiHandler<I, O> handler);

  /**
   * Registers the handler below all others. For plugins.
   *
   * @param method what it serves
   * @param handler the handler
   * @param <I> what the method takes
   * @param <O> what the method gives
   * @return closes just this registration
   * @throws IllegalStateException when the method has a default already
   */
  <I, O> Registration registerDefault(ApiMethod<I, O> method, ApiHandler<I, O> handler);

  /**
   * Stacks the default on a scope, so that it serves there whatever is registered below.
   *
   * @param method which method
   * @param scope for which calls
   * @return closes just this registration
   */
  Registration restoreDefault(ApiMethod<?, ?> method, ApiScope scope);

  /**
   * Closes all registrations of exactly that scope; none is no error. Defaults stay.
   *
   * @param method which method
   * @param scope which scope
   */
  void unregister(ApiMethod<?, ?> method, ApiScope scope);

  /**
   * Tells who would serve a call, without making it.
   *
   * @param method which method
   * @param target what the call would be about
   * @return the handlers in the order in which the call would reach them, empty when there is none;
   *     a snapshot
   */
  List<Resolved> explain(ApiMethod<?, ?> method, ApiTarget target);
}
