package dev.bobbin.xmpp.core.internal.registry;

import static dev.bobbin.xmpp.core.internal.registry.Subject.BARE;
import static dev.bobbin.xmpp.core.internal.registry.Subject.FULL;
import static dev.bobbin.xmpp.core.internal.registry.Subject.OTHER_BARE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bobbin.xmpp.api.registry.ApiScope;
import dev.bobbin.xmpp.api.registry.ApiTarget;
import dev.bobbin.xmpp.api.registry.NoHandlerException;
import dev.bobbin.xmpp.api.registry.Registration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RestoreDefaultTest {
  private static final ApiTarget TARGET = ApiTarget.of(FULL).withNode("n");

  private final Subject subject = new Subject();

  static Stream<ApiScope> scopes() {
    return StackingTest.scopes();
  }

  @ParameterizedTest
  @MethodSource("scopes")
  void restoreDefault_handlerOnSameScope_defaultServes(ApiScope scope) {
    subject.registerDefault("default");
    subject.register(scope, "handler");

    subject.registry.restoreDefault(subject.method, scope);

    assertThat(subject.answer(TARGET)).isEqualTo("default");
  }

  @ParameterizedTest
  @MethodSource("scopes")
  void close_restoredDefault_bringsHandlerBack(ApiScope scope) {
    subject.registerDefault("default");
    subject.register(scope, "handler");

    subject.registry.restoreDefault(subject.method, scope).close();

    assertThat(subject.answer(TARGET)).isEqualTo("handler");
  }

  @ParameterizedTest
  @MethodSource("scopes")
  void register_overRestoredDefault_coversItAndPassesOnToIt(ApiScope scope) {
    subject.registerDefault("default");
    subject.register(scope, "handler");
    subject.registry.restoreDefault(subject.method, scope);
    subject.registry.register(subject.method, scope, Subject.wrapping("top"));

    assertThat(subject.answer(TARGET)).isEqualTo("top(default)");
  }

  @Test
  void restoreDefault_oneJidAndNode_beatsHandlerEverywhere() {
    subject.registerDefault("default");
    subject.register(ApiScope.everywhere(), "global");

    subject.registry.restoreDefault(subject.method, ApiScope.jid(BARE, "n"));

    assertThat(subject.answer(TARGET)).isEqualTo("default");
    assertThat(subject.answer(ApiTarget.of(BARE).withNode("n"))).isEqualTo("default");
    assertThat(subject.answer(ApiTarget.of(FULL))).isEqualTo("global");
    assertThat(subject.answer(ApiTarget.of(FULL).withNode("m"))).isEqualTo("global");
    assertThat(subject.answer(ApiTarget.of(OTHER_BARE).withNode("n"))).isEqualTo("global");
  }

  @Test
  void restoreDefault_moreSpecificHandler_staysInFront() {
    subject.registerDefault("default");
    subject.register(ApiScope.jid(FULL), "full");

    subject.registry.restoreDefault(subject.method, ApiScope.jid(BARE));

    assertThat(subject.answer(ApiTarget.of(FULL))).isEqualTo("full");
    assertThat(subject.answer(ApiTarget.of(BARE))).isEqualTo("default");
  }

  @Test
  void call_restoredBeforeTheDefaultCame_servedByTheDefaultOfNow() {
    subject.register(ApiScope.everywhere(), "everywhere");
    subject.registry.restoreDefault(subject.method, ApiScope.jid(BARE));
    Registration first = subject.registerDefault("first");
    first.close();
    subject.registerDefault("second");

    assertThat(subject.answer(TARGET)).isEqualTo("second");
  }

  @Test
  void call_restoredButNoDefault_isNoHandlerThoughOthersAreBelow() {
    subject.register(ApiScope.everywhere(), "everywhere");
    subject.registry.restoreDefault(subject.method, ApiScope.jid(BARE));

    assertThat(subject.failure(TARGET)).isInstanceOf(NoHandlerException.class);
    assertThat(subject.answer(ApiTarget.none())).isEqualTo("everywhere");
  }

  @Test
  void proceed_fromRestoredDefault_isNoHandlerThoughOthersAreBelow() {
    List<String> ran = new ArrayList<>();
    subject.register(ApiScope.everywhere(), "everywhere");
    subject.registry.registerDefault(
        subject.method,
        call -> {
          ran.add("default");
          return call.proceed(call.args());
        });
    subject.registry.restoreDefault(subject.method, ApiScope.node("n"));

    assertThat(subject.failure(TARGET)).isInstanceOf(NoHandlerException.class);
    assertThat(ran).containsExactly("default");
  }
}
