package dev.bobbin.xmpp.api.registry;

import dev.bobbin.xmpp.api.jid.Jid;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/**
 * One call of an internal-API method, as its handler sees it. Safe for use by several threads.
 *
 * @param <I> what the method takes
 * @param <O> what the method gives
 */
public interface ApiCall<I, O> {
  /**
   * The method that was called.
   *
   * @return its key
   */
  ApiMethod<I, O> method();

  /**
   * The JID that the call is about, always one of ours.
   *
   * @return the JID; empty for none in particular
   */
  Optional<Jid> jid();

  /**
   * The node that the call is about.
   *
   * @return the node; empty for none
   */
  Optional<String> node();

  /**
   * The peer on whose behalf the call is made.
   *
   * @return the peer's JID; empty when the application itself calls
   */
  Optional<Jid> from();

  /**
   * What the method was called with.
   *
   * @return the arguments
   */
  I args();

  /**
   * Passes the call on to the handler that this one covers: the next on the same scope, then the
   * less specific levels, then the default. Who that is was fixed when the call began; a
   * registration made or closed since then changes nothing. May be called never, once or more
   * often, each time running the covered handler again.
   *
   * @param args what to hand on, changed or not
   * @return the covered handler's outcome; completes exceptionally with {@link NoHandlerException}
   *     when nothing is covered. Never throws
   */
  CompletionStage<O> proceed(I args);

  /**
   * The runtime's workers, where a handler may do what blocks.
   *
   * @return an executor
   */
  Executor workers();
}
