package dev.bobbin.xmpp.core.internal.registry;

import static dev.bobbin.xmpp.core.internal.registry.Subject.FULL;
import static dev.bobbin.xmpp.core.internal.registry.Subject.OTHER_BARE;
import static dev.bobbin.xmpp.core.internal.registry.Subject.failureOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bobbin.xmpp.api.registry.ApiCall;
import dev.bobbin.xmpp.api.registry.ApiHandler;
import dev.bobbin.xmpp.api.registry.ApiScope;
import dev.bobbin.xmpp.api.registry.ApiTarget;
import dev.bobbin.xmpp.api.registry.NoHandlerException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A call never throws; its future holds the very instance, and each handler ran once. */
class FailureTest {
  private static final ApiTarget NONE = ApiTarget.none();

  private final Subject subject = new Subject();
  private final AtomicInteger runs = new AtomicInteger();

  private void on(ApiScope scope, ApiHandler<String, String> handler) {
    subject.registry.register(subject.method, scope, handler);
  }

  static Stream<Throwable> failures() {
    return Stream.of(
        new IOException("checked"),
        new IllegalStateException("unchecked"),
        new ClassCastException("as if the handler did not fit"),
        new CompletionException(new IOException("thrown by the body itself")),
        new CompletionException("without a cause", null),
        new ExecutionException(new IOException("inner")),
        new CancellationException("not the caller's"),
        new StackOverflowError("error"),
        new AssertionError("error"),
        new NoClassDefFoundError("error"),
        new OutOfMemoryError("error"));
  }

  private static <T extends Throwable> void sneak(Throwable failure) throws T {
    @SuppressWarnings("unchecked") // So that one helper throws checked exceptions and errors.
    T thrown = (T) failure;
    throw thrown;
  }

  @ParameterizedTest
  @MethodSource("failures")
  void call_handlerThrows_failsWithThatInstanceOnce(Throwable failure) {
    on(
        ApiScope.everywhere(),
        call -> {
          runs.incrementAndGet();
          FailureTest.<RuntimeException>sneak(failure);
          return CompletableFuture.completedFuture("");
        });

    assertThat(subject.failure(NONE)).isSameAs(failure);
    assertThat(runs).hasValue(1);
  }

  @ParameterizedTest
  @MethodSource("failures")
  void call_bodyThrows_failsWithThatInstanceOnce(Throwable failure) {
    ApiHandler.Body<String, String> body =
        call -> {
          runs.incrementAndGet();
          FailureTest.<RuntimeException>sneak(failure);
          return "";
        };
    subject.registry.registerDefault(subject.method, ApiHandler.direct(body));
    on(ApiScope.jid(FULL), ApiHandler.blocking(body));

    assertThat(subject.failure(NONE)).isSameAs(failure);
    assertThat(subject.failure(ApiTarget.of(FULL))).isSameAs(failure);
    assertThat(runs).hasValue(2);
  }

  @ParameterizedTest
  @MethodSource("failures")
  void proceed_coveredHandlerThrows_sameInstanceThere_andInTheCall(Throwable failure) {
    List<Throwable> seen = new ArrayList<>();
    subject.registry.registerDefault(
        subject.method,
        call -> {
          runs.incrementAndGet();
          FailureTest.<RuntimeException>sneak(failure);
          return CompletableFuture.completedFuture("");
        });
    on(ApiScope.everywhere(), call -> call.proceed(call.args()));
    on(
        ApiScope.everywhere(),
        call -> {
          CompletionStage<String> covered = call.proceed(call.args());
          covered.whenComplete((value, e) -> seen.add(e));
          return covered;
        });

    assertThat(subject.failure(NONE)).isSameAs(failure);
    assertThat(seen).hasSize(1).first().isSameAs(failure);
    assertThat(runs).hasValue(1);
  }

  @Test
  void call_failedStage_failsWithItsInstance() {
    IOException failure = new IOException("stage");
    on(ApiScope.everywhere(), call -> CompletableFuture.failedFuture(failure));

    assertThat(subject.failure(NONE)).isSameAs(failure);
  }

  @Test
  void call_stageFailsLater_failsWithItsInstance() {
    IOException failure = new IOException("later");
    CompletableFuture<String> stage = new CompletableFuture<>();
    on(ApiScope.everywhere(), call -> stage);
    CompletableFuture<String> outcome = subject.call(NONE);
    assertThat(outcome).isNotDone();

    stage.completeExceptionally(failure);

    assertThat(failureOf(outcome)).isSameAs(failure);
  }

  @Test
  void call_dependentStage_losesOneLayer() {
    IllegalStateException failure = new IllegalStateException("in the function");
    on(
        ApiScope.everywhere(),
        call ->
            CompletableFuture.completedFuture("")
                .thenApply(
                    value -> {
                      throw failure;
                    }));

    assertThat(subject.failure(NONE)).isSameAs(failure);
  }

  @Test
  void call_dependentStageOfProceed_failsWithTheCoveredHandlersInstance() {
    IllegalStateException failure = new IllegalStateException("covered");
    subject.registry.registerDefault(
        subject.method,
        call -> {
          throw failure;
        });
    on(ApiScope.everywhere(), Subject.wrapping("outer"));
    on(ApiScope.everywhere(), Subject.wrapping("outermost"));

    assertThat(subject.failure(NONE)).isSameAs(failure);
  }

  @Test
  void call_stageWithTwoLayers_losesOne() {
    CompletionException inner = new CompletionException(new IOException("inner"));
    on(
        ApiScope.everywhere(),
        call -> CompletableFuture.failedFuture(new CompletionException(inner)));

    assertThat(subject.failure(NONE)).isSameAs(inner);
  }

  @Test
  void call_stageFailedWithBareCompletionException_keepsIt() {
    CompletionException failure = new CompletionException("no cause", null);
    on(ApiScope.everywhere(), call -> CompletableFuture.failedFuture(failure));

    assertThat(subject.failure(NONE)).isSameAs(failure);
  }

  @Test
  void call_handlerOverflowsTheStack_failsWithIt() {
    on(
        ApiScope.everywhere(),
        call -> {
          runs.incrementAndGet();
          return CompletableFuture.completedFuture("" + endless(1));
        });

    assertThat(subject.failure(NONE)).isInstanceOf(StackOverflowError.class);
    assertThat(runs).hasValue(1);
  }

  @SuppressWarnings("InfiniteRecursion") // It is to end at the stack's end.
  private static int endless(int depth) {
    return endless(depth + 1) + 1;
  }

  @Test
  void call_handlerCallsItsOwnMethod_failsInsteadOfThrowing() {
    on(ApiScope.everywhere(), call -> subject.registry.call(call.method(), NONE, call.args()));

    assertThat(subject.failure(NONE)).isInstanceOf(StackOverflowError.class);
  }

  @Test
  void call_handlerReturnsNull_saysWhoseAndOfWhat() {
    subject
        .registry
        .ownedBy("xep_0231")
        .register(subject.method, ApiScope.everywhere(), call -> null);

    assertThat(subject.failure(NONE))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "The handler of xep_0231.get_bob from plugin xep_0231 returned null instead of a"
                + " stage; for an outcome that is there already it returns"
                + " CompletableFuture.completedFuture(outcome)");
  }

  @Test
  void call_noHandler_saysWhatWouldSupplyIt() {
    assertThat(subject.failure(ApiTarget.of(FULL).withNode("n").withFrom(OTHER_BARE)))
        .isInstanceOf(NoHandlerException.class)
        .hasMessage(
            "No handler for xep_0231.get_bob (jid romeo@montague.example/orchard, node n, from"
                + " juliet@capulet.example). Its default comes with the plugin 'xep_0231': turn"
                + " that on, or register a handler (docs/errors.md#no-handler)");
  }

  @Test
  void call_handlerIsInterrupted_threadStaysInterrupted() {
    InterruptedException failure = new InterruptedException("while waiting");
    on(
        ApiScope.everywhere(),
        call -> {
          throw failure;
        });

    CompletableFuture<String> outcome = subject.call(NONE);

    assertThat(Thread.interrupted()).isTrue();
    assertThat(failureOf(outcome)).isSameAs(failure);
  }

  @Test
  void call_isDirectThrows_failsWithItWithoutRunning() {
    IllegalStateException failure = new IllegalStateException("undecided");
    on(
        ApiScope.everywhere(),
        new ApiHandler<>() {
          @Override
          public CompletionStage<String> handle(ApiCall<String, String> call) {
            runs.incrementAndGet();
            return CompletableFuture.completedFuture("");
          }

          @Override
          public boolean isDirect() {
            throw failure;
          }
        });

    assertThat(subject.failure(NONE)).isSameAs(failure);
    assertThat(runs).hasValue(0);
  }

  @Test
  void call_workersReject_failsWithTheRejection() {
    RejectedExecutionException rejection = new RejectedExecutionException("shut down");
    HandlerRegistry refusing =
        new HandlerRegistry(
            task -> {
              throw rejection;
            },
            () -> true);
    refusing.register(subject.method, ApiScope.everywhere(), ApiHandler.blocking(call -> "never"));
    refusing.register(
        subject.method, ApiScope.jid(FULL), call -> CompletableFuture.completedFuture("never"));

    assertThat(failureOf(refusing.call(subject.method, NONE, ""))).isSameAs(rejection);
    assertThat(failureOf(refusing.call(subject.method, ApiTarget.of(FULL), "")))
        .isSameAs(rejection);
  }

  @Test
  @SuppressWarnings("NullAway") // Null is what is tried.
  void call_nullArgument_failsInsteadOfThrowing() {
    on(ApiScope.everywhere(), call -> call.proceed(null));

    assertThat(failureOf(subject.registry.call(null, NONE, ""))).hasMessage("method");
    assertThat(failureOf(subject.registry.call(subject.method, null, ""))).hasMessage("target");
    assertThat(failureOf(subject.registry.call(subject.method, NONE, null))).hasMessage("args");
    assertThat(subject.failure(NONE)).isInstanceOf(NullPointerException.class).hasMessage("args");
  }

  @Test
  @SuppressWarnings("NullAway") // Null is what is tried.
  void register_nullArgument_throwsAtOnce() {
    HandlerRegistry registry = subject.registry;
    ApiScope scope = ApiScope.everywhere();

    assertThatNullPointerException()
        .isThrownBy(() -> registry.register(null, scope, Subject.answering("")));
    assertThatNullPointerException()
        .isThrownBy(() -> registry.register(subject.method, null, Subject.answering("")));
    assertThatNullPointerException()
        .isThrownBy(() -> registry.register(subject.method, scope, null));
    assertThatNullPointerException().isThrownBy(() -> registry.restoreDefault(null, scope));
    assertThatNullPointerException()
        .isThrownBy(() -> registry.restoreDefault(subject.method, null));
    assertThat(registry.explain(subject.method, NONE)).isEmpty();
  }

  @Test
  void cancel_call_stopsNothingAndTouchesNobodyElse() {
    CompletableFuture<String> stage = new CompletableFuture<>();
    on(
        ApiScope.everywhere(),
        call -> {
          runs.incrementAndGet();
          return stage;
        });
    CompletableFuture<String> cancelled = subject.call(NONE);
    CompletableFuture<String> other = subject.call(NONE);

    cancelled.cancel(true);

    assertThat(stage).isNotDone();
    stage.complete("value");
    assertThat(other).isCompletedWithValue("value");
    assertThat(cancelled).isCancelled();
    assertThatThrownBy(cancelled::join).isInstanceOf(CancellationException.class);
    assertThat(runs).hasValue(2);
  }

  @Test
  void call_sharedStage_eachCallHasAFutureOfItsOwn() {
    CompletableFuture<String> shared = CompletableFuture.completedFuture("shared");
    on(ApiScope.everywhere(), call -> shared);

    CompletableFuture<String> first = subject.call(NONE);
    first.obtrudeValue("spoilt");

    assertThat(subject.call(NONE)).isNotSameAs(first).isCompletedWithValue("shared");
    assertThat(shared).isCompletedWithValue("shared");
  }
}
