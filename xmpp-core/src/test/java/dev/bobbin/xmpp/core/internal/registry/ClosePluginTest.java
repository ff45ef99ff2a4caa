package dev.bobbin.xmpp.core.internal.registry;

import static dev.bobbin.xmpp.core.internal.registry.Subject.BARE;
import static dev.bobbin.xmpp.core.internal.registry.Subject.FULL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bobbin.xmpp.api.registry.ApiMethod;
import dev.bobbin.xmpp.api.registry.ApiRegistry;
import dev.bobbin.xmpp.api.registry.ApiScope;
import dev.bobbin.xmpp.api.registry.ApiTarget;
import dev.bobbin.xmpp.api.registry.NoHandlerException;
import dev.bobbin.xmpp.api.registry.Registration;
import org.junit.jupiter.api.Test;

class ClosePluginTest {
  private static final ApiTarget TARGET = ApiTarget.of(FULL).withNode("n");

  private final Subject subject = new Subject();
  private final HandlerRegistry registry = subject.registry;
  private final ApiRegistry bob = registry.ownedBy("xep_0231");
  private final ApiMethod<String, String> ofDisco = ApiMethod.of("xep_0030", "get_info");

  @Test
  void closePlugin_itsMethods_loseEverything() {
    bob.registerDefault(subject.method, Subject.answering("default"));
    StackingTest.scopes().forEach(scope -> subject.register(scope, "the application's"));
    registry.restoreDefault(subject.method, ApiScope.jid(BARE));

    registry.closePlugin("xep_0231");

    assertThat(registry.explain(subject.method, TARGET)).isEmpty();
    assertThat(subject.failure(TARGET)).isInstanceOf(NoHandlerException.class);
  }

  @Test
  void closePlugin_methodsOfOthers_loseOnlyWhatItRegistered() {
    registry.ownedBy("xep_0030").registerDefault(ofDisco, Subject.answering("default"));
    registry.register(ofDisco, ApiScope.jid(FULL), Subject.wrapping("application"));
    bob.register(ofDisco, ApiScope.jid(FULL), Subject.wrapping("bob"));
    bob.register(ofDisco, ApiScope.node("n"), Subject.wrapping("bob"));
    bob.register(ofDisco, ApiScope.everywhere(), Subject.wrapping("bob"));
    bob.restoreDefault(ofDisco, ApiScope.jid(BARE, "n"));
    assertThat(registry.call(ofDisco, TARGET, "")).isCompletedWithValue("default");

    registry.closePlugin("xep_0231");

    assertThat(registry.call(ofDisco, TARGET, "")).isCompletedWithValue("application(default)");
    assertThat(registry.explain(ofDisco, TARGET)).hasSize(2);
  }

  @Test
  void closePlugin_defaultOnAMethodOfAnother_goesToo() {
    bob.registerDefault(ofDisco, Subject.answering("bob's"));

    registry.closePlugin("xep_0231");

    assertThat(registry.explain(ofDisco, TARGET)).isEmpty();
  }

  @Test
  void closePlugin_lateClose_missesWhatCameAfterwards() {
    Registration before = bob.registerDefault(subject.method, Subject.answering("before"));
    Registration above = subject.register(ApiScope.everywhere(), "before");
    registry.closePlugin("xep_0231");
    bob.registerDefault(subject.method, Subject.answering("after"));

    before.close();
    above.close();

    assertThat(subject.answer(TARGET)).isEqualTo("after");
  }

  @Test
  void closePlugin_nothingOfIt_isNoError() {
    subject.registerDefault("default");

    registry.closePlugin("xep_9999");

    assertThat(subject.answer(TARGET)).isEqualTo("default");
  }

  @Test
  void closePlugin_duringACall_callKeepsItsChain() {
    bob.registerDefault(subject.method, Subject.answering("default"));
    registry.register(
        subject.method,
        ApiScope.everywhere(),
        call -> {
          registry.closePlugin("xep_0231");
          return call.proceed(call.args());
        });

    assertThat(subject.answer(TARGET)).isEqualTo("default");
    assertThat(subject.failure(TARGET)).isInstanceOf(NoHandlerException.class);
  }

  @Test
  void closeOwnedBy_itsOwnMethods_keepWhatOthersRegistered() {
    bob.registerDefault(subject.method, Subject.answering("default"));
    bob.register(subject.method, ApiScope.jid(FULL), Subject.answering("bob's"));
    subject.register(ApiScope.everywhere(), "the application's");

    registry.closeOwnedBy("xep_0231");

    assertThat(subject.explained(TARGET)).containsExactly("6 everywhere");
  }

  @Test
  void ownedBy_view_isTheSameRegistry() {
    subject.register(ApiScope.jid(BARE), "the application's");
    bob.register(subject.method, ApiScope.jid(BARE), Subject.wrapping("bob"));

    assertThat(bob.call(subject.method, TARGET, "")).isCompletedWithValue("bob(the application's)");
    bob.unregister(subject.method, ApiScope.jid(BARE));
    assertThat(bob.explain(subject.method, TARGET)).isEmpty();
  }
}
