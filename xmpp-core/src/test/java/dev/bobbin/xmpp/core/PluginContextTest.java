package dev.bobbin.xmpp.core;

import static dev.bobbin.xmpp.core.Conversation.PING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bobbin.xmpp.api.jid.Jid;
import dev.bobbin.xmpp.api.plugin.PluginContext;
import dev.bobbin.xmpp.api.plugin.PluginException;
import dev.bobbin.xmpp.api.registry.ApiHandler;
import dev.bobbin.xmpp.api.registry.ApiMethod;
import dev.bobbin.xmpp.api.registry.ApiScope;
import dev.bobbin.xmpp.api.registry.ApiTarget;
import dev.bobbin.xmpp.api.registry.Registration;
import dev.bobbin.xmpp.api.stanza.Iq;
import dev.bobbin.xmpp.api.stanza.Message;
import dev.bobbin.xmpp.api.stanza.Presence;
import dev.bobbin.xmpp.api.xml.XmlElement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a plugin is given while it is on, and what is left of it when it is off. */
@Timeout(60)
class PluginContextTest {
  private static final ApiMethod<String, String> METHOD = ApiMethod.of("a", "method");

  private final List<String> log = new ArrayList<>();

  private static XmppClientBuilder builder() {
    return XmppClient.builder(Jid.of("juliet@example.org"), "r0m30").discoverPlugins(false);
  }

  @Test
  void context_offersTheClient() throws Exception {
    TestPlugin plugin = new TestPlugin(log, "a", "b");
    TestPlugin needed = new TestPlugin("b") {
          // A class of its own, so that it can be asked for.
        };
    Instant now = Instant.parse("2026-01-02T03:04:05Z");
    try (XmppClient client =
        builder()
            .plugin(needed)
            .plugin(plugin)
            .setting("a", "max-bytes", "5")
            .clock(() -> now)
            .build()) {
      PluginContext context = plugin.context();

      assertThat(context.account()).hasToString("juliet@example.org");
      assertThat(context.self()).isEqualTo(client.self());
      assertThat(context.settings().keys()).containsExactly("max-bytes");
      assertThat(context.settings().number("max-bytes", 1, 0, 9)).isEqualTo(5);
      assertThat(needed.context().settings().keys()).isEmpty();
      assertThat(context.clock().instant()).isEqualTo(now);
      assertThat(context.plugin(needed.getClass())).isSameAs(needed);
      CompletableFuture<String> where = new CompletableFuture<>();
      context.workers().execute(() -> where.complete(Thread.currentThread().getName()));
      assertThat(where.get(20, TimeUnit.SECONDS)).startsWith("bobbin-worker-");
      Registration registration =
          context.api().register(METHOD, ApiScope.everywhere(), ApiHandler.direct(call -> "x"));
      assertThat(context.api().explain(METHOD, ApiTarget.none()).get(0).registeredBy())
          .contains("a");
      registration.close();
      registration.close();
      assertThat(context.api().explain(METHOD, ApiTarget.none())).isEmpty();
    }
  }

  @Test
  void context_afterDisable_isDead() {
    TestPlugin plugin = new TestPlugin(log, "a");
    try (XmppClient client = builder().plugin(plugin).build()) {
      PluginContext dead = plugin.context();
      client.disablePlugin("a");

      for (Runnable use :
          List.<Runnable>of(
              () -> dead.onRequest("ping", "urn:xmpp:ping", request -> null),
              () -> dead.onMessage(message -> {}),
              () -> dead.onPresence(presence -> {}),
              () -> dead.onSend(stanza -> {}),
              () -> dead.onSendingPresence(presence -> presence),
              () -> dead.onStateChange(change -> {}),
              () -> dead.api().registerDefault(METHOD, ApiHandler.direct(call -> "")),
              () ->
                  dead.api().register(METHOD, ApiScope.everywhere(), ApiHandler.direct(call -> "")),
              () -> dead.api().restoreDefault(METHOD, ApiScope.everywhere()))) {
        assertThatThrownBy(use::run)
            .isInstanceOf(IllegalStateException.class)
            .hasMessage("The plugin 'a' is off; turn it on first (docs/errors.md#plugin-off)");
      }
      assertThat(dead.request(Iq.get(null, PING)))
          .failsWithin(Duration.ofSeconds(20))
          .withThrowableThat()
          .havingCause()
          .withMessage("The plugin 'a' is off; turn it on first (docs/errors.md#plugin-off)");
      assertThat(dead.send(Message.chat(Jid.of("romeo@example.net"), "x")))
          .failsWithin(Duration.ofSeconds(20))
          .withThrowableThat()
          .havingCause()
          .withMessage("The plugin 'a' is off; turn it on first (docs/errors.md#plugin-off)");
      assertThat(client.api().explain(METHOD, ApiTarget.none())).isEmpty();
      client.onRequest("ping", "urn:xmpp:ping", request -> null).close();
    }
  }

  @Test
  void keep_whatWasAddedElsewhere_isClosedWithThePluginTheLastFirst() {
    TestPlugin plugin = new TestPlugin(log, "a");
    try (XmppClient client = builder().plugin(plugin).build()) {
      plugin.context().keep(() -> log.add("first"));
      Registration early = plugin.context().keep(() -> log.add("early"));
      plugin.context().keep(() -> log.add("last"));
      early.close();
      assertThat(log).containsExactly("+a", "early");

      client.disablePlugin("a");
    }
    assertThat(log).containsExactly("+a", "early", "last", "first", "-a");
  }

  @Test
  void keep_pluginThatCannotBeTurnedOnOrIsOff_isClosedAtOnce() {
    TestPlugin failing =
        new TestPlugin("a") {
          @Override
          public void enable(PluginContext given) throws Exception {
            super.enable(given);
            given.keep(() -> log.add("kept"));
            throw new IllegalStateException("no room");
          }
        };
    XmppClientBuilder builder = builder().plugin(failing);
    assertThatThrownBy(builder::build)
        .isInstanceOf(PluginException.class)
        .hasMessage("The plugin 'a' cannot be turned on: no room");
    assertThat(log).containsExactly("kept");

    assertThatThrownBy(() -> failing.context().keep(() -> log.add("late")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("The plugin 'a' is off; turn it on first (docs/errors.md#plugin-off)");
    assertThat(log).containsExactly("kept", "late");
  }

  @Test
  void keep_registrationThatCannotBeClosed_isThatRegistrationsAlone() {
    TestPlugin first = new TestPlugin(log, "a");
    TestPlugin second = new TestPlugin(log, "b");
    Registration broken =
        () -> {
          log.add("broken");
          throw new AssertionError("stuck");
        };
    try (XmppClient client = builder().plugin(first).plugin(second).build()) {
      first.context().keep(() -> log.add("kept of a"));
      first.context().keep(broken);
      second.context().onRequest("q", "urn:b", request -> null);
      second.context().keep(broken);

      client.disablePlugin("b");

      assertThat(log).containsExactly("+a", "+b", "broken", "-b");
      client.onRequest("q", "urn:b", request -> null).close();
    }
    assertThat(log).containsExactly("+a", "+b", "broken", "-b", "broken", "kept of a", "-a");
  }

  @Test
  void keep_ofAPluginThatCannotBeTurnedOn_hidesNoFailure() {
    TestPlugin failing =
        new TestPlugin("a") {
          @Override
          public void enable(PluginContext given) {
            given.keep(
                () -> {
                  throw new AssertionError("stuck");
                });
            throw new IllegalStateException("no room");
          }
        };
    XmppClientBuilder builder = builder().plugin(failing);
    assertThatThrownBy(builder::build)
        .isInstanceOf(PluginException.class)
        .hasMessage("The plugin 'a' cannot be turned on: no room");
  }

  @Test
  void target_stanzaOfAPeer_isAboutItsAddresseeOnBehalfOfItsSender() {
    TestPlugin plugin = new TestPlugin(log, "a");
    try (XmppClient client = builder().plugin(plugin).build()) {
      PluginContext context = plugin.context();
      Jid peer = Jid.of("romeo@example.net/orchard");
      Jid me = Jid.of("juliet@example.org/balcony");
      XmlElement stanza = Message.chat(me, "x").element();

      assertThat(context.target(Message.parse(stanza))).isEqualTo(ApiTarget.of(me));
      assertThat(
              context.target(
                  Message.parse(stanza.toBuilder().attribute("from", peer.toString()).build())))
          .isEqualTo(ApiTarget.of(me).withFrom(peer));
      assertThat(context.target(Presence.available())).isEqualTo(ApiTarget.of(client.account()));
    }
  }
}
