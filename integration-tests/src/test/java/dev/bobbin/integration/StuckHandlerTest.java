package dev.bobbin.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bobbin.xmpp.api.plugin.PluginException;
import dev.bobbin.xmpp.api.registry.ApiHandler;
import dev.bobbin.xmpp.api.registry.ApiScope;
import dev.bobbin.xmpp.api.registry.Registration;
import dev.bobbin.xmpp.bob.Bob;
import dev.bobbin.xmpp.bob.BobData;
import dev.bobbin.xmpp.bob.BobMethods;
import dev.bobbin.xmpp.bob.ContentId;
import dev.bobbin.xmpp.bob.HashAlgorithm;
import dev.bobbin.xmpp.bob.plugin.BobPlugin;
import dev.bobbin.xmpp.core.XmppClient;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Handlers that never end, and instances that are used twice. */
class StuckHandlerTest extends Stage {
  private static final int MOST_BEING_KEPT = 256;
  private static final int MOST_BEING_KEPT_OF_ONE = 32;

  @Test
  void push_keptSlowerThanItComes_isBounded() throws Exception {
    XmppClient juliet = connected(JULIET);
    AtomicInteger calls = new AtomicInteger();
    juliet
        .api()
        .register(
            BobMethods.SET_BOB,
            ApiScope.everywhere(),
            ApiHandler.directAsync( // so that each call was made when the stanzas are taken
                call -> {
                  calls.incrementAndGet();
                  return new CompletableFuture<>();
                }));
    deliver(juliet, pushed("romeo@example.org", 33));
    assertThat(calls).hasValue(MOST_BEING_KEPT_OF_ONE);
    deliver(juliet, pushed("nurse@example.org", 1));
    assertThat(calls).as("another's").hasValue(MOST_BEING_KEPT_OF_ONE + 1);

    for (int i = 0; i < 8; i++) {
      deliver(juliet, pushed("n" + i + "@example.org", MOST_BEING_KEPT_OF_ONE));
    }
    assertThat(calls).hasValue(MOST_BEING_KEPT);
  }

  /** Items, each from another resource of a sender. */
  private static String[] pushed(String sender, int count) {
    String[] stanzas = new String[count];
    for (int i = 0; i < count; i++) {
      BobData bytes = BobData.utf8("item " + i);
      String cid = ContentId.of(HashAlgorithm.SHA_1, bytes).value();
      stanzas[i] =
          "<message xmlns='jabber:client' from='%s/%d' to='%s'>%s</message>"
              .formatted(sender, i, JULIET, data(cid, bytes.toBase64()));
    }
    return stanzas;
  }

  @Test
  void fetch_handlerThatNeverEnds_holdsUpNoLaterFetch() {
    XmppClient juliet = connected(JULIET);
    XmppClient romeo = connected(ROMEO);
    Bob coucou = Bob.of("coucou".getBytes(), "text/plain");
    bob(romeo).set(coucou).join();
    Registration stuck =
        juliet
            .api()
            .register(BobMethods.GET_BOB, ApiScope.everywhere(), call -> new CompletableFuture<>());
    CompletableFuture<Bob> first = bob(juliet).fetch(ROMEO, coucou.cid());
    stuck.close();

    assertThat(bob(juliet).fetch(ROMEO, coucou.cid()).join()).isEqualTo(coucou);
    assertThat(first).isNotDone();
  }

  @Test
  void fetch_storeThatNeverEndsAndPluginTurnedOff_ends() throws Exception {
    XmppClient juliet = connected(JULIET);
    Bob coucou = Bob.of("coucou".getBytes(), "text/plain");
    wire.answerData(data(coucou.cid().value(), "Y291Y291"));
    CountDownLatch keeping = new CountDownLatch(1);
    juliet
        .api()
        .register(
            BobMethods.SET_BOB,
            ApiScope.everywhere(),
            call -> {
              keeping.countDown();
              return new CompletableFuture<>();
            });
    CompletableFuture<Bob> fetched = bob(juliet).fetch(ROMEO, coucou.cid());
    CompletableFuture<Bob> shared = bob(juliet).fetch(ROMEO, coucou.cid());
    await(keeping);
    CompletableFuture<Bob> late = bob(juliet).fetch(ROMEO, coucou.cid());
    assertThat(wire.requests()).as("asked while it is being kept").isEqualTo(1);
    juliet.disablePlugin("xep_0231");

    for (CompletableFuture<Bob> one : List.of(fetched, shared, late)) {
      // What has come is given out, unless the plugin was quicker to end what was under way.
      Object end =
          one.handle((bob, failure) -> failure == null ? bob : failure.getCause())
              .get(10, TimeUnit.SECONDS);
      assertThat(end)
          .satisfiesAnyOf(
              bob -> assertThat(bob).isEqualTo(coucou),
              failure -> assertThat(failure).isInstanceOf(IllegalStateException.class));
    }
  }

  @Test
  void fetch_pluginTurnedOff_failsAtOnce() throws Exception {
    XmppClient juliet = connected(JULIET);
    CountDownLatch asked = new CountDownLatch(1);
    wire.rule(
        stanza -> {
          if (Wire.isRequest(stanza)) {
            asked.countDown();
            return List.of();
          }
          return List.of(stanza);
        });
    CompletableFuture<Bob> fetched =
        bob(juliet).fetch(ROMEO, Bob.of("coucou".getBytes(), "text/plain").cid());
    await(asked);
    juliet.disablePlugin("xep_0231");

    assertThatThrownBy(() -> fetched.get(10, TimeUnit.SECONDS))
        .hasCauseInstanceOf(IllegalStateException.class)
        .hasMessageContaining("docs/errors.md#plugin-off");
  }

  @Test
  void plugin_instanceInTwoClients_isRefused() {
    BobPlugin shared = BobPlugin.builder().store("memory").build();
    track(builder(JULIET).plugin(shared).build());

    assertThatThrownBy(() -> builder(ROMEO).plugin(shared).build())
        .isInstanceOf(PluginException.class)
        .hasMessageContaining("This instance is on in a client already; make one for each client");
  }
}
