package dev.bobbin.xmpp.core.internal.registry;

import static dev.bobbin.xmpp.core.internal.registry.Subject.BARE;
import static dev.bobbin.xmpp.core.internal.registry.Subject.FULL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.bobbin.xmpp.api.registry.ApiScope;
import dev.bobbin.xmpp.api.registry.ApiTarget;
import dev.bobbin.xmpp.api.registry.NoHandlerException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Faults of slixmpp's internal API, which served as the model: none of them is here. */
class SlixmppFaultsTest {
  private final Subject subject = new Subject();

  @Test
  void call_nodeOnlyHandler_isReached() {
    subject.registerDefault("default");
    subject.register(ApiScope.node("n"), "for the node");

    assertThat(subject.answer(ApiTarget.none().withNode("n"))).isEqualTo("for the node");
    assertThat(subject.answer(ApiTarget.of(BARE).withNode("n"))).isEqualTo("for the node");
    assertThat(subject.answer(ApiTarget.of(FULL).withNode("n"))).isEqualTo("for the node");
  }

  @Test
  void unregister_everywhere_bringsTheDefaultBackWithoutThrowing() {
    subject.registerDefault("default");
    subject.register(ApiScope.everywhere(), "handler");

    assertThatCode(() -> subject.registry.unregister(subject.method, ApiScope.everywhere()))
        .doesNotThrowAnyException();
    assertThat(subject.answer(ApiTarget.none())).isEqualTo("default");
  }

  @Test
  void call_handlersOwnClassCastException_arrivesAndHandlerRanOnceWithItsArguments() {
    ClassCastException own = new ClassCastException("the handler's own");
    List<String> seen = new ArrayList<>();
    subject.registerDefault("default");
    subject.registry.register(
        subject.method,
        ApiScope.everywhere(),
        call -> {
          seen.add(call.jid() + " " + call.node() + " " + call.from() + " " + call.args());
          throw own;
        });

    Throwable failure = subject.failure(ApiTarget.of(BARE).withNode("n"));

    assertThat(failure).isSameAs(own);
    assertThat(seen)
        .containsExactly("Optional[romeo@montague.example] Optional[n] Optional.empty args");
  }

  @Test
  void closePlugin_handlersOfTheApplication_doNotSurviveIt() {
    subject.registerDefault("default");
    subject.register(ApiScope.everywhere(), "handler");
    subject.register(ApiScope.jid(BARE, "n"), "handler");

    subject.registry.closePlugin("xep_0231");
    subject.registerDefault("default of the second time");

    assertThat(subject.answer(ApiTarget.of(BARE).withNode("n")))
        .isEqualTo("default of the second time");
  }

  @Test
  void call_aboutFullJid_matchesRegistrationForBare() {
    subject.registerDefault("default");
    subject.register(ApiScope.jid(BARE), "bare");
    assertThat(subject.answer(ApiTarget.of(FULL))).isEqualTo("bare");

    subject.register(ApiScope.jid(BARE, "n"), "bare and node");
    assertThat(subject.answer(ApiTarget.of(FULL).withNode("n"))).isEqualTo("bare and node");
  }

  @Test
  void call_aboutBareJid_doesNotMatchRegistrationForFull() {
    subject.registerDefault("default");
    subject.register(ApiScope.jid(FULL), "full");

    assertThat(subject.answer(ApiTarget.of(BARE))).isEqualTo("default");
  }

  @Test
  void register_secondHandlerOnAScope_doesNotForgetTheFirst() {
    subject.register(ApiScope.jid(BARE), "first");
    subject.register(ApiScope.jid(BARE), "second").close();

    assertThat(subject.answer(ApiTarget.of(BARE))).isEqualTo("first");
  }

  @Test
  void call_nothingServes_isAnErrorAndNotAnEmptyAnswer() {
    assertThat(subject.failure(ApiTarget.none())).isInstanceOf(NoHandlerException.class);
  }
}
