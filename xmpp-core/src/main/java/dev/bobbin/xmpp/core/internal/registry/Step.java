package dev.bobbin.xmpp.core.internal.registry;

import dev.bobbin.xmpp.api.jid.Jid;
import dev.bobbin.xmpp.api.registry.ApiCall;
import dev.bobbin.xmpp.api.registry.ApiHandler;
import dev.bobbin.xmpp.api.registry.ApiMethod;
import dev.bobbin.xmpp.api.registry.ApiTarget;
import dev.bobbin.xmpp.api.registry.NoHandlerException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/**
 * One call at one link of its chain, as the handler there sees it. Immutable.
 *
 * <p>Not a record: its text would show the arguments.
 */
final class Step<I, O> implements ApiCall<I, O> {
  private final Threads threads;
  private final ApiMethod<I, O> method;
  private final ApiTarget target;
  private final List<Entry<I, O>> chain;
  private final int next;
  private final I args;

  private Step(
      Threads threads,
      ApiMethod<I, O> method,
      ApiTarget target,
      List<Entry<I, O>> chain,
      int next,
      I args) {
    this.threads = threads;
    this.method = method;
    this.target = target;
    this.chain = chain;
    this.next = next;
    this.args = args;
  }

  /** Runs the handler at an index of the chain, or the one after it where that is a marker. */
  static <I, O> Outcome<O> run(
      Threads threads,
      ApiMethod<I, O> method,
      ApiTarget target,
      List<Entry<I, O>> chain,
      int index,
      I args) {
    for (int i = index; i < chain.size(); i++) {
      Entry<I, O> entry = chain.get(i);
      ApiHandler<I, O> handler = entry.handler();
      if (handler != null) {
        return new Step<>(threads, method, target, chain, i + 1, args).serve(entry, handler);
      }
    }
    return Outcome.failed(new NoHandlerException(method, target));
  }

  private Outcome<O> serve(Entry<I, O> entry, ApiHandler<I, O> handler) {
    Outcome<O> outcome = new Outcome<>();
    try {
      if (threads.allow(handler)) {
        handle(entry, handler, outcome);
      } else {
        threads.workers().execute(() -> handle(entry, handler, outcome));
      }
    } catch (Throwable e) {
      outcome.completeExceptionally(e); // The workers refused, or isDirect() threw.
    }
    return outcome;
  }

  /** Every way to fail, errors too, ends in the outcome: a stanza must not die with its handler. */
  private void handle(Entry<I, O> entry, ApiHandler<I, O> handler, Outcome<O> outcome) {
    try {
      CompletionStage<O> stage = handler.handle(this);
      if (stage == null) {
        outcome.completeExceptionally(nullStage(entry));
      } else {
        outcome.follow(stage);
      }
    } catch (Throwable e) {
      if (e instanceof InterruptedException) {
        Thread.currentThread().interrupt(); // It is the thread's owner who must see it.
      }
      outcome.completeExceptionally(e);
    }
  }

  private IllegalStateException nullStage(Entry<I, O> entry) {
    return new IllegalStateException(
        "The handler of "
            + method
            + " from "
            + entry.registrant().description()
            + " returned null instead of a stage; for an outcome that is there already it returns"
            + " CompletableFuture.completedFuture(outcome)");
  }

  @Override
  public ApiMethod<I, O> method() {
    return method;
  }

  @Override
  public Optional<Jid> jid() {
    return target.jid();
  }

  @Override
  public Optional<String> node() {
    return target.node();
  }

  @Override
  public Optional<Jid> from() {
    return target.from();
  }

  @Override
  public I args() {
    return args;
  }

  @Override
  public CompletionStage<O> proceed(I newArgs) {
    try {
      Objects.requireNonNull(newArgs, "args");
      return run(threads, method, target, chain, next, newArgs);
    } catch (Throwable e) {
      return Outcome.failed(e);
    }
  }

  @Override
  public Executor workers() {
    return threads.workers();
  }
}
