package dev.bobbin.xmpp.core.internal.registry;

import static dev.bobbin.xmpp.core.internal.registry.Subject.BARE;
import static dev.bobbin.xmpp.core.internal.registry.Subject.FULL;
import static dev.bobbin.xmpp.core.internal.registry.Subject.OTHER_BARE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bobbin.xmpp.api.registry.ApiRegistry;
import dev.bobbin.xmpp.api.registry.ApiScope;
import dev.bobbin.xmpp.api.registry.ApiTarget;
import dev.bobbin.xmpp.api.registry.Registration;
import dev.bobbin.xmpp.api.registry.Resolved;
import dev.bobbin.xmpp.core.internal.registry.app.Application;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ExplainTest {
  private static final String APP = "dev.bobbin.xmpp.core.internal.registry.app.Application.";
  private static final ApiTarget TARGET = ApiTarget.of(FULL).withNode("n");

  private final Subject subject = new Subject();
  private final ApiRegistry plugin = subject.registry.ownedBy("xep_0231");

  private List<Resolved> explain() {
    return subject.registry.explain(subject.method, TARGET);
  }

  @Test
  void explain_nothingRegistered_isEmpty() {
    assertThat(explain()).isEmpty();
  }

  @Test
  void explain_chain_namesLevelScopeAndRegistrantOfEach() {
    Application.start(subject.registry, subject.method);
    plugin.registerDefault(subject.method, Subject.answering("default"));
    plugin.register(subject.method, ApiScope.jid(FULL, "n"), Subject.answering("full"));
    subject
        .registry
        .ownedBy("metrics")
        .register(subject.method, ApiScope.jid(BARE), Subject.answering("m"));
    subject.register(ApiScope.jid(OTHER_BARE), "not reached");

    assertThat(explain())
        .containsExactly(
            new Resolved(1, Optional.of(ApiScope.jid(FULL, "n")), "plugin xep_0231", false),
            new Resolved(4, Optional.of(ApiScope.jid(BARE)), "plugin metrics", false),
            new Resolved(
                6, Optional.of(ApiScope.everywhere()), APP + "start(Application.java:13)", false),
            new Resolved(7, Optional.empty(), "plugin xep_0231", false));
  }

  @Test
  void explain_restoredDefault_endsWithTheDefault() {
    Application.supply(subject.registry, subject.method);
    Application.start(subject.registry, subject.method);
    Application.reset(subject.registry, subject.method, ApiScope.jid(BARE, "n"));

    assertThat(explain())
        .containsExactly(
            new Resolved(
                2, Optional.of(ApiScope.jid(BARE, "n")), APP + "reset(Application.java:17)", true),
            new Resolved(7, Optional.empty(), APP + "supply(Application.java:21)", false));
  }

  @Test
  void explain_restoredWithoutDefault_endsThere() {
    subject.register(ApiScope.everywhere(), "everywhere");
    plugin.restoreDefault(subject.method, ApiScope.node("n"));

    assertThat(explain())
        .containsExactly(new Resolved(5, Optional.of(ApiScope.node("n")), "plugin xep_0231", true));
  }

  @Test
  void explain_secondDefault_namesTheApplicationsLine() {
    Application.supply(subject.registry, subject.method);

    assertThatThrownBy(() -> plugin.registerDefault(subject.method, Subject.answering("b")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("from " + APP + "supply(Application.java:21);");
  }

  @Test
  void explain_later_leavesTheEarlierAnswerAlone() {
    Registration registration = subject.register(ApiScope.everywhere(), "handler");
    List<Resolved> before = explain();

    registration.close();

    assertThat(before).hasSize(1);
    assertThat(explain()).isEmpty();
  }

  @Test
  void explain_handlers_runsNone() {
    List<String> ran = new ArrayList<>();
    subject.registry.register(
        subject.method,
        ApiScope.everywhere(),
        call -> {
          ran.add("handler");
          return call.proceed(call.args());
        });

    assertThat(plugin.explain(subject.method, TARGET)).hasSize(1);
    assertThat(ran).isEmpty();
  }
}
