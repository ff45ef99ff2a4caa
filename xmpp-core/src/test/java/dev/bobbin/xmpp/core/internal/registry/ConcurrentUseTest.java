package dev.bobbin.xmpp.core.internal.registry;

import static dev.bobbin.xmpp.core.internal.registry.Subject.BARE;
import static dev.bobbin.xmpp.core.internal.registry.Subject.FULL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bobbin.xmpp.api.registry.ApiScope;
import dev.bobbin.xmpp.api.registry.ApiTarget;
import dev.bobbin.xmpp.api.registry.Registration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Registering, closing and calling from several threads; bounded in rounds, started together. */
class ConcurrentUseTest {
  private static final int ROUNDS = 5_000;
  private static final ApiTarget TARGET = ApiTarget.of(FULL).withNode("n");

  private final Subject subject = new Subject();
  private final ExecutorService pool = Executors.newCachedThreadPool();
  private final CountDownLatch go = new CountDownLatch(1);
  private final List<Future<Void>> running = new ArrayList<>();

  @AfterEach
  void stop() {
    pool.shutdownNow();
  }

  private void start(Callable<?> round) {
    running.add(
        pool.submit(
            () -> {
              go.await();
              for (int i = 0; i < ROUNDS; i++) {
                round.call();
              }
              return null;
            }));
  }

  private void finish() throws Exception {
    go.countDown();
    for (Future<Void> each : running) {
      each.get(60, TimeUnit.SECONDS);
    }
  }

  @Test
  void call_whileOthersRegisterAndClose_alwaysFindsAWholeChain() throws Exception {
    subject.registerDefault("default");
    for (ApiScope scope : StackingTest.scopes().toList()) {
      start(
          () -> {
            Registration registration =
                subject.registry.register(
                    subject.method, scope, Subject.wrapping("" + scope.level()));
            registration.close();
            registration.close();
            return null;
          });
    }
    for (int i = 0; i < 2; i++) {
      start(
          () -> {
            // Each level at most once, the most specific outermost, the default innermost.
            assertThat(subject.answer(TARGET))
                .matches("(1\\()?(2\\()?(3\\()?(4\\()?(5\\()?(6\\()?default\\)*");
            return null;
          });
    }

    finish();

    assertThat(subject.explained(TARGET)).containsExactly("7 default");
  }

  @Test
  void call_whileAHandlerMovesBetweenLevels_neverFindsNone() throws Exception {
    Registration first = subject.register(ApiScope.everywhere(), "handler");
    start(
        new Callable<>() {
          private Registration previous = first;
          private int turn;

          @Override
          public Object call() {
            Registration next =
                subject.register(
                    ++turn % 2 == 0 ? ApiScope.everywhere() : ApiScope.jid(BARE), "handler");
            previous.close();
            previous = next;
            return "";
          }
        });
    start(() -> assertThat(subject.answer(TARGET)).isEqualTo("handler"));
    start(() -> assertThat(subject.explained(TARGET)).isNotEmpty());

    finish();

    assertThat(subject.explained(TARGET)).hasSize(1);
  }

  @Test
  void close_byManyAtOnce_takesAwayEachItsOwn() throws Exception {
    subject.register(ApiScope.jid(FULL), "stays");
    for (int i = 0; i < 4; i++) {
      start(
          () -> {
            Registration upper = subject.register(ApiScope.jid(FULL), "goes");
            Registration lower = subject.register(ApiScope.jid(FULL), "goes");
            upper.close();
            lower.close();
            return null;
          });
    }

    finish();

    assertThat(subject.answer(TARGET)).isEqualTo("stays");
    assertThat(subject.explained(TARGET)).containsExactly("3 romeo@montague.example/orchard");
  }
}
