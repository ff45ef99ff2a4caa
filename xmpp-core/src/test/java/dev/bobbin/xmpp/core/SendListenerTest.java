package dev.bobbin.xmpp.core;

import static dev.bobbin.xmpp.core.Conversation.PING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import dev.bobbin.xmpp.api.jid.Jid;
import dev.bobbin.xmpp.api.plugin.PluginContext;
import dev.bobbin.xmpp.api.registry.Registration;
import dev.bobbin.xmpp.api.stanza.Iq;
import dev.bobbin.xmpp.api.stanza.Message;
import dev.bobbin.xmpp.api.stanza.Presence;
import dev.bobbin.xmpp.api.stanza.Stanza;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a plugin is told of what the application sends. */
@Timeout(60)
class SendListenerTest {
  private static final Jid ROMEO = Jid.of("romeo@example.net/orchard");
  private static final Stanza HELLO = Message.chat(ROMEO, "hello");

  private final TestPlugin plugin = new TestPlugin("a");
  private final List<Stanza> told = new CopyOnWriteArrayList<>();

  private Conversation talk(ScriptedServer.Script script) throws Exception {
    return Conversation.with(script, builder -> builder.discoverPlugins(false).plugin(plugin));
  }

  @Test
  void onSend_application_isToldOfEachStanzaOnItsThreadBeforeItLeaves() throws Exception {
    CountDownLatch looked = new CountDownLatch(1);
    try (Conversation talk =
        talk(
            peer -> {
              peer.readUntil("<presence/>");
              peer.readUntil("</iq>");
              looked.await(20, TimeUnit.SECONDS);
            })) {
      List<Thread> threads = new CopyOnWriteArrayList<>();
      PluginContext context = plugin.context();
      context.onSend(
          stanza -> {
            told.add(stanza);
            threads.add(Thread.currentThread());
          });
      talk.connect();

      talk.client().send(Presence.available());
      talk.client().request(Iq.get(ROMEO, PING));

      assertThat(told).containsExactly(Presence.available(), Iq.get(ROMEO, PING));
      assertThat(threads).containsOnly(Thread.currentThread());
      looked.countDown();
      talk.finish();
    }
  }

  @Test
  void onSend_pluginsAndAnswers_areNotTold() throws Exception {
    try (Conversation talk =
        talk(
            peer -> {
              peer.readUntil("</message>");
              peer.readUntil("</iq>");
              peer.send("<iq type='get' id='1'><ping xmlns='urn:xmpp:ping'/></iq>");
              peer.expect("<iq type='result' id='1'/>");
            })) {
      PluginContext context = plugin.context();
      context.onSend(told::add);
      context.onRequest(
          "ping", "urn:xmpp:ping", request -> CompletableFuture.completedFuture(request.result()));
      talk.connect();

      context.send(HELLO).get(20, TimeUnit.SECONDS);
      context.request(Iq.get(ROMEO, PING));
      talk.finish();

      assertThat(told).isEmpty();
    }
  }

  @Test
  void onSend_withoutAConnection_isNotTold() throws Exception {
    try (Conversation talk = talk(peer -> {})) {
      plugin.context().onSend(told::add);

      assertThat(talk.client().send(HELLO)).isCompletedExceptionally();
      talk.connect();
      talk.finish();
      assertThat(talk.client().disconnected()).failsWithin(Duration.ofSeconds(20));
      assertThat(talk.client().send(HELLO)).failsWithin(Duration.ofSeconds(20));

      assertThat(told).isEmpty();
    }
  }

  @Test
  void onSend_listenerThrows_othersAreToldAndTheStanzaIsSent() throws Exception {
    try (Conversation talk = talk(peer -> peer.readUntil("<body>hello</body></message>"))) {
      plugin
          .context()
          .onSend(
              stanza -> {
                throw new IllegalStateException("only pretended");
              });
      plugin.context().onSend(told::add);
      talk.connect();

      talk.client().send(HELLO).get(20, TimeUnit.SECONDS);
      talk.finish();

      assertThat(told).containsExactly(HELLO);
    }
  }

  @Test
  void onSend_closedOrPluginOff_isNotTold() throws Exception {
    try (Conversation talk =
        talk(
            peer -> {
              peer.readUntil("</message>");
              peer.readUntil("</message>");
            })) {
      Registration closed = plugin.context().onSend(told::add);
      plugin.context().onSend(told::add);
      talk.connect();

      closed.close();
      talk.client().send(HELLO).get(20, TimeUnit.SECONDS);
      talk.client().disablePlugin("a");
      talk.client().send(HELLO).get(20, TimeUnit.SECONDS);
      talk.finish();

      assertThat(told).containsExactly(HELLO);
    }
  }

  @Test
  void onSend_null_isNamed() throws Exception {
    try (Conversation talk = talk(peer -> {})) {
      assertThatNullPointerException()
          .isThrownBy(() -> plugin.context().onSend(null))
          .withMessage("listener");
      assertThatNullPointerException()
          .isThrownBy(() -> plugin.context().keep(null))
          .withMessage("registration");
    }
  }
}
