package dev.bobbin.xmpp.core.internal.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bobbin.xmpp.api.registry.ApiCall;
import dev.bobbin.xmpp.api.registry.ApiHandler;
import dev.bobbin.xmpp.api.registry.ApiMethod;
import dev.bobbin.xmpp.api.registry.ApiScope;
import dev.bobbin.xmpp.api.registry.ApiTarget;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** On which thread each kind of handler runs; each answers with the name of its own. */
class ThreadsTest {
  private final ExecutorService workers = single("worker");
  private final ExecutorService reader = single("reader");
  private final ExecutorService application = single("application");
  private final HandlerRegistry registry =
      new HandlerRegistry(workers, () -> Thread.currentThread().getName().equals("reader"));
  private final ApiMethod<String, String> method = ApiMethod.of("xep_0231", "get_bob");

  private static ExecutorService single(String name) {
    return Executors.newSingleThreadExecutor(task -> new Thread(task, name));
  }

  @AfterEach
  void stop() {
    workers.shutdownNow();
    reader.shutdownNow();
    application.shutdownNow();
  }

  private static String here() {
    return Thread.currentThread().getName();
  }

  private static CompletionStage<String> asynchronous(ApiCall<String, String> call) {
    return CompletableFuture.completedFuture(here());
  }

  private static CompletionStage<String> passingOn(ApiCall<String, String> call) {
    String thread = here();
    return call.proceed(call.args()).thenApply(inner -> thread + " then " + inner);
  }

  private void on(ApiHandler<String, String> handler) {
    registry.register(method, ApiScope.everywhere(), handler);
  }

  private String calledFrom(ExecutorService thread) throws Exception {
    Future<CompletableFuture<String>> call =
        thread.submit(() -> registry.call(method, ApiTarget.none(), "args"));
    return call.get(10, TimeUnit.SECONDS).get(10, TimeUnit.SECONDS);
  }

  @Test
  void call_blocking_runsOnWorkers() throws Exception {
    on(ApiHandler.blocking(call -> here()));

    assertThat(calledFrom(application)).isEqualTo("worker");
    assertThat(calledFrom(reader)).isEqualTo("worker");
    assertThat(calledFrom(workers)).isEqualTo("worker");
  }

  @Test
  void call_direct_runsOnTheCallingThread() throws Exception {
    on(ApiHandler.direct(call -> here()));

    assertThat(calledFrom(application)).isEqualTo("application");
    assertThat(calledFrom(reader)).isEqualTo("reader");
  }

  @Test
  void call_asynchronous_runsOnTheCallingThreadButNeverOnTheReader() throws Exception {
    on(ThreadsTest::asynchronous);

    assertThat(calledFrom(application)).isEqualTo("application");
    assertThat(calledFrom(reader)).isEqualTo("worker");
  }

  @Test
  void proceed_directOverAsynchronous_leavesTheReaderAtTheSecond() throws Exception {
    on(ThreadsTest::asynchronous);
    on(ApiHandler.directAsync(ThreadsTest::passingOn));

    assertThat(calledFrom(reader)).isEqualTo("reader then worker");
    assertThat(calledFrom(application)).isEqualTo("application then application");
  }

  @Test
  void proceed_directOverDirect_staysOnTheReader() throws Exception {
    on(ApiHandler.direct(call -> here()));
    on(ApiHandler.directAsync(ThreadsTest::passingOn));

    assertThat(calledFrom(reader)).isEqualTo("reader then reader");
  }

  @Test
  void proceed_asynchronousOverDirect_staysOnTheWorkerThatItCameTo() throws Exception {
    on(ApiHandler.direct(call -> here()));
    on(ThreadsTest::passingOn);

    assertThat(calledFrom(reader)).isEqualTo("worker then worker");
  }

  @Test
  void proceed_asynchronousOverAsynchronous_hopsOnce() throws Exception {
    on(ThreadsTest::asynchronous);
    on(ThreadsTest::passingOn);

    // One worker only: a second hop from it would still end, a wait for it would not.
    assertThat(calledFrom(reader)).isEqualTo("worker then worker");
  }

  @Test
  void call_readerThread_isNotHeldByABlockingHandler() throws Exception {
    CompletableFuture<String> released = new CompletableFuture<>();
    on(ApiHandler.blocking(call -> released.get(10, TimeUnit.SECONDS)));

    CompletableFuture<String> outcome =
        reader
            .submit(() -> registry.call(method, ApiTarget.none(), "args"))
            .get(10, TimeUnit.SECONDS);

    assertThat(outcome).isNotDone();
    released.complete("done");
    assertThat(outcome.get(10, TimeUnit.SECONDS)).isEqualTo("done");
  }

  @Test
  void workers_call_areTheRegistrys() {
    on(call -> CompletableFuture.completedFuture("" + (call.workers() == workers)));

    assertThat(registry.call(method, ApiTarget.none(), "args")).isCompletedWithValue("true");
  }
}
