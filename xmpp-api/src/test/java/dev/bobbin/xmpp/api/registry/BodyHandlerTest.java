package dev.bobbin.xmpp.api.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bobbin.xmpp.api.jid.Jid;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BodyHandlerTest {
  private final Queue<Runnable> workers = new ArrayDeque<>();

  @Test
  void blocking_body_runsOnTheCallsWorkersOnly() throws Exception {
    ApiHandler<String, String> handler = ApiHandler.blocking(call -> call.args() + "!");

    CompletableFuture<String> outcome = handle(handler, "a", workers::add);

    assertThat(outcome).isNotDone();
    assertThat(workers).hasSize(1);
    workers.remove().run();
    assertThat(outcome).isCompletedWithValue("a!");
    assertThat(workers).isEmpty();
  }

  @Test
  void direct_body_runsOnTheCaller() throws Exception {
    AtomicReference<Thread> ran = new AtomicReference<>();
    ApiHandler<String, String> handler =
        ApiHandler.direct(
            call -> {
              ran.set(Thread.currentThread());
              return call.args() + "!";
            });

    assertThat(handle(handler, "a", workers::add)).isCompletedWithValue("a!");
    assertThat(ran).hasValue(Thread.currentThread());
    assertThat(workers).isEmpty();
  }

  @Test
  void isDirect_eachKind_isFalseForAnAsynchronousOneOnly() {
    ApiHandler<String, String> asynchronous = call -> CompletableFuture.completedFuture("");

    assertThat(ApiHandler.blocking(call -> "").isDirect()).isTrue();
    assertThat(ApiHandler.direct(call -> "").isDirect()).isTrue();
    assertThat(asynchronous.isDirect()).isFalse();
    assertThat(ApiHandler.directAsync(asynchronous).isDirect()).isTrue();
  }

  @Test
  void directAsync_handler_isTheSameButForThePromise() throws Exception {
    CompletableFuture<String> stage = new CompletableFuture<>();
    ApiHandler<String, String> handler = ApiHandler.directAsync(call -> stage);

    assertThat(handler.handle(null)).isSameAs(stage);
    assertThatNullPointerException()
        .isThrownBy(() -> ApiHandler.directAsync(null))
        .withMessage("handler");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void handle_bodyThrows_completesWithThatVeryInstance(boolean blocking) throws Exception {
    for (Throwable thrown :
        new Throwable[] {
          new IOException("checked"), new IllegalStateException("unchecked"), new Error("error")
        }) {
      CompletableFuture<String> outcome = handle(throwing(blocking, thrown), "", Runnable::run);

      assertThat(outcome).isCompletedExceptionally();
      assertThatThrownBy(outcome::get).cause().isSameAs(thrown);
    }
  }

  /** The registry takes off one CompletionException, as stages add one; the body's own stays. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void handle_bodyThrowsCompletionException_wrapsItOnceMore(boolean blocking) throws Exception {
    CompletionException thrown = new CompletionException(new IOException("inner"));
    AtomicReference<Throwable> failure = new AtomicReference<>();

    handle(throwing(blocking, thrown), "", Runnable::run)
        .whenComplete((value, problem) -> failure.set(problem));

    assertThat(failure.get()).isInstanceOf(CompletionException.class).isNotSameAs(thrown);
    assertThat(failure.get().getCause()).isSameAs(thrown);
  }

  @Test
  void handle_bodyGivesNull_completesWithNull() throws Exception {
    assertThat(handle(ApiHandler.<String, String>direct(call -> null), "", Runnable::run))
        .isCompletedWithValue(null);
  }

  @Test
  void handle_workersRefuse_throws() {
    RejectedExecutionException refused = new RejectedExecutionException("closed");
    Executor closed =
        task -> {
          throw refused;
        };

    assertThatThrownBy(() -> handle(ApiHandler.blocking(call -> ""), "", closed)).isSameAs(refused);
  }

  @Test
  void factories_null_isNamed() {
    assertThatNullPointerException()
        .isThrownBy(() -> ApiHandler.blocking(null))
        .withMessage("body");
    assertThatNullPointerException().isThrownBy(() -> ApiHandler.direct(null)).withMessage("body");
  }

  private static ApiHandler<String, String> throwing(boolean blocking, Throwable thrown) {
    ApiHandler.Body<String, String> body =
        call -> {
          if (thrown instanceof Error error) {
            throw error;
          }
          throw (Exception) thrown;
        };
    return blocking ? ApiHandler.blocking(body) : ApiHandler.direct(body);
  }

  private static CompletableFuture<String> handle(
      ApiHandler<String, String> handler, String args, Executor workers) throws Exception {
    return handler.handle(new Call(args, workers)).toCompletableFuture();
  }

  private record Call(String args, Executor workers) implements ApiCall<String, String> {
    private static final ApiMethod<String, String> METHOD = ApiMethod.of("test", "echo");

    @Override
    public ApiMethod<String, String> method() {
      return METHOD;
    }

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
    public CompletionStage<String> proceed(String changed) {
      return CompletableFuture.failedFuture(new NoHandlerException(METHOD, ApiTarget.none()));
    }
  }
}
