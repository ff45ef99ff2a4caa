package dev.bobbin.xmpp.core.internal.registry;

import static dev.bobbin.xmpp.core.internal.registry.Subject.BARE;
import static dev.bobbin.xmpp.core.internal.registry.Subject.FULL;
import static dev.bobbin.xmpp.core.internal.registry.Subject.OTHER_FULL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bobbin.xmpp.api.registry.ApiCall;
import dev.bobbin.xmpp.api.registry.ApiHandler;
import dev.bobbin.xmpp.api.registry.ApiScope;
import dev.bobbin.xmpp.api.registry.ApiTarget;
import dev.bobbin.xmpp.api.registry.NoHandlerException;
import dev.bobbin.xmpp.api.registry.Registration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** What a handler sees of its call, and how it hands it on. */
class PassOnTest {
  private static final ApiTarget TARGET = ApiTarget.of(FULL).withNode("n").withFrom(OTHER_FULL);

  private final Subject subject = new Subject();

  private Registration on(ApiScope scope, ApiHandler<String, String> handler) {
    return subject.registry.register(subject.method, scope, handler);
  }

  @Test
  void handle_call_seesMethodTargetAndArgs() {
    List<Object> seen = new ArrayList<>();
    on(
        ApiScope.everywhere(),
        call -> {
          seen.addAll(
              List.of(
                  call.method(),
                  call.jid().orElseThrow(),
                  call.node().orElseThrow(),
                  call.from().orElseThrow(),
                  call.args()));
          return CompletableFuture.completedFuture("done");
        });

    subject.answer(TARGET);

    assertThat(seen).containsExactly(subject.method, FULL, "n", OTHER_FULL, "args");
  }

  @Test
  void handle_callAboutNothing_seesEmpty() {
    on(
        ApiScope.everywhere(),
        ApiHandler.direct(call -> "" + call.jid() + call.node() + call.from()));

    assertThat(subject.answer(ApiTarget.none()))
        .isEqualTo("Optional.emptyOptional.emptyOptional.empty");
  }

  @Test
  void proceed_allLevels_runsEachOnceMostSpecificFirst() {
    subject.registerDefault("default");
    StackingTest.scopes().forEach(s -> on(s, Subject.wrapping("a" + s.level())));
    StackingTest.scopes().forEach(s -> on(s, Subject.wrapping("b" + s.level())));

    assertThat(subject.answer(TARGET))
        .isEqualTo("b1(a1(b2(a2(b3(a3(b4(a4(b5(a5(b6(a6(default))))))))))))");
  }

  @Test
  void proceed_otherArgs_coveredHandlerSeesThemAndTheSameTarget() {
    on(
        ApiScope.everywhere(),
        ApiHandler.direct(
            call ->
                call.args()
                    + " "
                    + call.jid().orElseThrow()
                    + " "
                    + call.node().orElseThrow()
                    + " "
                    + call.from().orElseThrow()));
    on(ApiScope.jid(BARE), call -> call.proceed("<" + call.args() + ">"));
    on(ApiScope.jid(FULL), call -> call.proceed("changed"));

    assertThat(subject.answer(TARGET))
        .isEqualTo("<changed> romeo@montague.example/orchard n juliet@capulet.example/orchard");
  }

  @Test
  void proceed_severalTimes_runsTheCoveredHandlerEachTime() {
    List<String> seen = new ArrayList<>();
    subject.registry.registerDefault(
        subject.method,
        ApiHandler.direct(
            call -> {
              seen.add(call.args());
              return call.args() + "!";
            }));
    on(
        ApiScope.everywhere(),
        call -> call.proceed("a").thenCombine(call.proceed("b"), String::concat));

    assertThat(subject.answer(TARGET)).isEqualTo("a!b!");
    assertThat(seen).containsExactly("a", "b");
  }

  @Test
  void proceed_notCalled_coveredHandlerDoesNotRun() {
    List<String> ran = new ArrayList<>();
    subject.registry.registerDefault(
        subject.method,
        ApiHandler.direct(
            call -> {
              ran.add("default");
              return "default";
            }));
    on(ApiScope.everywhere(), Subject.answering("own"));

    assertThat(subject.answer(TARGET)).isEqualTo("own");
    assertThat(ran).isEmpty();
  }

  @Test
  void proceed_nothingCovered_isNoHandler() {
    on(ApiScope.everywhere(), call -> call.proceed(call.args()));

    assertThat(subject.failure(TARGET)).isInstanceOf(NoHandlerException.class);
  }

  @Test
  void proceed_coveredOneFails_canBeAnsweredInstead() {
    subject.registry.registerDefault(
        subject.method,
        ApiHandler.direct(
            call -> {
              throw new IllegalArgumentException("broken");
            }));
    on(
        ApiScope.everywhere(),
        call -> call.proceed(call.args()).exceptionally(failure -> "despite " + failure));

    assertThat(subject.answer(TARGET))
        .isEqualTo("despite java.lang.IllegalArgumentException: broken");
  }

  @Test
  void proceed_registrationsClosedDuringTheCall_runsThemAllTheSame() {
    Registration ofDefault = subject.registerDefault("default");
    Registration first = on(ApiScope.everywhere(), Subject.wrapping("first"));
    Registration second = on(ApiScope.everywhere(), Subject.wrapping("second"));
    on(
        ApiScope.jid(BARE),
        call -> {
          first.close();
          second.close();
          ofDefault.close();
          return call.proceed(call.args());
        });

    assertThat(subject.answer(TARGET)).isEqualTo("second(first(default))");
    assertThat(subject.failure(TARGET)).isInstanceOf(NoHandlerException.class);
  }

  @Test
  void proceed_registeredDuringTheCall_doesNotRunThem() {
    subject.registerDefault("default");
    on(
        ApiScope.jid(FULL),
        call -> {
          subject.register(ApiScope.jid(FULL), "late");
          subject.register(ApiScope.everywhere(), "late");
          return call.proceed(call.args());
        });

    assertThat(subject.answer(TARGET)).isEqualTo("default");
    assertThat(subject.answer(TARGET)).isEqualTo("late");
  }

  @Test
  void proceed_defaultReplacedDuringTheCall_runsTheOneOfTheStart() {
    Registration first = subject.registerDefault("first");
    subject.registry.restoreDefault(subject.method, ApiScope.everywhere());
    on(
        ApiScope.everywhere(),
        call -> {
          first.close();
          subject.registerDefault("second");
          return call.proceed(call.args());
        });

    assertThat(subject.answer(TARGET)).isEqualTo("first");
  }

  @Test
  void proceed_afterTheCallEnded_stillRunsTheCoveredHandler() {
    subject.registerDefault("default");
    List<ApiCall<String, String>> calls = new ArrayList<>();
    on(
        ApiScope.everywhere(),
        call -> {
          calls.add(call);
          return CompletableFuture.completedFuture("early");
        });
    subject.answer(TARGET);

    CompletionStage<String> late = calls.get(0).proceed("late");

    assertThat(late.toCompletableFuture().join()).isEqualTo("default");
  }

  @Test
  void toString_call_hidesTheArguments() {
    on(ApiScope.everywhere(), ApiHandler.direct(call -> call.toString()));

    assertThat(subject.registry.call(subject.method, TARGET, "secret").join())
        .doesNotContain("secret");
  }
}
