package org.example.lastactivity;

import static java.util.concurrent.CompletableFuture.completedFuture;
import static org.assertj.core.api.Assertions.assertThat;
import static org.example.lastactivity.LastActivityMethods.GET_LAST_ACTIVITY;

import dev.bobbin.xmpp.api.jid.Jid;
import dev.bobbin.xmpp.api.registry.ApiHandler;
import dev.bobbin.xmpp.api.registry.ApiRegistry;
import dev.bobbin.xmpp.api.registry.ApiScope;
import dev.bobbin.xmpp.api.registry.ApiTarget;
import dev.bobbin.xmpp.api.registry.Registration;
import dev.bobbin.xmpp.api.stanza.StanzaError;
import dev.bobbin.xmpp.api.stanza.StanzaError.Condition;
import dev.bobbin.xmpp.api.stanza.StanzaErrorException;
import dev.bobbin.xmpp.core.XmppClient;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What an application makes of the plugin's method. */
class OverridesTest extends Stage {
  private ApiRegistry api;
  private XmppClient chamber;
  private XmppClient romeo;

  @BeforeEach
  void connect() throws Exception {
    api = client(JULIET).api();
    chamber = client(CHAMBER);
    romeo = client(ROMEO);
    pass(Duration.ofSeconds(4000));
  }

  /** What juliet's balcony tells somebody: seconds, or the condition of the error. */
  private static String told(XmppClient asker) throws Exception {
    try {
      return asker
              .plugin(LastActivityPlugin.class)
              .query(JULIET)
              .get(20, TimeUnit.SECONDS)
              .elapsed()
              .toSeconds()
          + " s";
    } catch (ExecutionException e) {
      return ((StanzaErrorException) e.getCause()).condition().elementName();
    }
  }

  private static ApiHandler<Duration, Optional<LastActivity>> saying(long seconds) {
    return ApiHandler.direct(call -> Optional.of(LastActivity.of(Duration.ofSeconds(seconds))));
  }

  @Test
  void register_byRequester_tellsContactsAndPassesOnForOthers() throws Exception {
    assertThat(told(romeo)).isEqualTo("service-unavailable");
    Set<Jid> contacts = Set.of(Jid.of("romeo@example.org")); // whoever may see our presence
    Registration rule =
        api.register(
            GET_LAST_ACTIVITY,
            ApiScope.everywhere(),
            call ->
                call.from().map(Jid::bare).filter(contacts::contains).isPresent()
                    ? completedFuture(Optional.of(LastActivity.of(call.args())))
                    : call.proceed(call.args())); // the default: our own account, or nobody

    assertThat(told(romeo)).isEqualTo("4000 s");
    assertThat(told(chamber)).isEqualTo("4000 s");
    rule.close();
    assertThat(told(romeo)).isEqualTo("service-unavailable");
  }

  @Test
  void register_otherArguments_measuresOtherwiseUnderTheSameRule() throws Exception {
    api.register(
        GET_LAST_ACTIVITY,
        ApiScope.everywhere(),
        call -> call.proceed(call.args().truncatedTo(ChronoUnit.HOURS))); // nobody needs seconds

    assertThat(told(chamber)).isEqualTo("3600 s");
    assertThat(told(romeo)).isEqualTo("service-unavailable");
  }

  @Test
  void register_everyoneThenOneJid_theJidsServesIt() throws Exception {
    api.register(GET_LAST_ACTIVITY, ApiScope.everywhere(), saying(6));
    assertThat(told(romeo)).isEqualTo("6 s");
    api.register(GET_LAST_ACTIVITY, ApiScope.jid(JULIET.bare()), saying(4));
    assertThat(told(romeo)).isEqualTo("4 s");
    Registration full = api.register(GET_LAST_ACTIVITY, ApiScope.jid(JULIET), saying(3));
    assertThat(told(romeo)).isEqualTo("3 s");
    api.register(GET_LAST_ACTIVITY, ApiScope.jid(CHAMBER), saying(2));
    assertThat(told(romeo)).isEqualTo("3 s");
    full.close();
    assertThat(told(romeo)).isEqualTo("4 s");
  }

  @Test
  void register_nobody_tellsNotEvenOurselves() throws Exception {
    api.register(
        GET_LAST_ACTIVITY, ApiScope.everywhere(), ApiHandler.direct(call -> Optional.empty()));

    assertThat(told(chamber)).isEqualTo("service-unavailable");
  }

  @Test
  void register_blockingHandlerThatRefuses_isAnsweredWithItsError() throws Exception {
    api.register(
        GET_LAST_ACTIVITY,
        ApiScope.everywhere(),
        ApiHandler.blocking(
            call -> {
              throw new StanzaErrorException(StanzaError.of(Condition.FORBIDDEN));
            }));

    assertThat(told(chamber)).isEqualTo("forbidden");
  }

  @Test
  void register_handlerThatFails_isAnsweredInternalServerError() throws Exception {
    api.register(GET_LAST_ACTIVITY, ApiScope.everywhere(), saying(-1));

    assertThat(told(chamber)).isEqualTo("internal-server-error");
  }

  @Test
  void disable_withOverrides_leavesNone() throws Exception {
    api.register(GET_LAST_ACTIVITY, ApiScope.everywhere(), saying(6));
    XmppClient balcony = client(Jid.of("juliet@example.org/garden"));
    balcony.api().register(GET_LAST_ACTIVITY, ApiScope.everywhere(), saying(6));

    balcony.disablePlugin("xep_0012");

    assertThat(balcony.api().explain(GET_LAST_ACTIVITY, ApiTarget.none())).isEmpty();
    assertThat(told(romeo)).isEqualTo("6 s");
  }
}
