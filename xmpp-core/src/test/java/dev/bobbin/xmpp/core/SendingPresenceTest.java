package dev.bobbin.xmpp.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import dev.bobbin.xmpp.api.ConnectionState;
import dev.bobbin.xmpp.api.jid.Jid;
import dev.bobbin.xmpp.api.registry.Registration;
import dev.bobbin.xmpp.api.stanza.Message;
import dev.bobbin.xmpp.api.stanza.Presence;
import dev.bobbin.xmpp.api.stanza.Stanza;
import dev.bobbin.xmpp.api.xml.XmlElement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a plugin makes of presence that is sent, and what it learns of the connection. */
@Timeout(60)
class SendingPresenceTest {
  private static final Jid ROMEO = Jid.of("romeo@example.net/orchard");

  private final TestPlugin plugin = new TestPlugin("a");

  private Conversation talk(ScriptedServer.Script script) throws Exception {
    return Conversation.with(script, builder -> builder.discoverPlugins(false).plugin(plugin));
  }

  private static UnaryOperator<Presence> adding(String name) {
    return presence -> presence.withChild(XmlElement.of(name, "urn:x"));
  }

  private static void send(Conversation talk, Stanza stanza) throws Exception {
    talk.client().send(stanza).get(20, TimeUnit.SECONDS);
  }

  @Test
  void onSendingPresence_available_isChangedInOrderWhoeverSendsIt() throws Exception {
    try (Conversation talk =
        talk(
            peer -> {
              peer.expect("<presence><a xmlns='urn:x'/><b xmlns='urn:x'/></presence>");
              peer.expect(
                  "<presence to='romeo@example.net/orchard'><a xmlns='urn:x'/><b xmlns='urn:x'/>"
                      + "</presence>");
              peer.expect("<presence><a xmlns='urn:x'/><b xmlns='urn:x'/></presence>");
            })) {
      List<Thread> threads = new CopyOnWriteArrayList<>();
      List<Stanza> told = new CopyOnWriteArrayList<>();
      plugin
          .context()
          .onSendingPresence(
              presence -> {
                threads.add(Thread.currentThread());
                return adding("a").apply(presence);
              });
      plugin.context().onSendingPresence(adding("b"));
      plugin.context().onSend(told::add);
      talk.connect();

      send(talk, Presence.available());
      send(talk, Presence.of(Presence.Type.AVAILABLE, ROMEO));
      plugin.context().send(Presence.available()).get(20, TimeUnit.SECONDS);
      talk.finish();

      assertThat(threads).hasSize(3).containsOnly(Thread.currentThread());
      assertThat(told)
          .containsExactly(Presence.available(), Presence.of(Presence.Type.AVAILABLE, ROMEO));
    }
  }

  @Test
  void onSendingPresence_otherStanzas_areSentAsTheyAre() throws Exception {
    try (Conversation talk =
        talk(
            peer -> {
              peer.expect("<presence type='unavailable'/>");
              peer.expect("<presence type='subscribe' to='romeo@example.net'/>");
              peer.expect(
                  "<message type='chat' to='romeo@example.net/orchard'><body>x</body></message>");
            })) {
      plugin.context().onSendingPresence(adding("a"));
      talk.connect();

      send(talk, Presence.of(Presence.Type.UNAVAILABLE, null));
      send(talk, Presence.of(Presence.Type.SUBSCRIBE, ROMEO.bare()));
      send(talk, Message.chat(ROMEO, "x"));
      talk.finish();
    }
  }

  @Test
  void onSendingPresence_changeThatFailsOrOversteps_isLeftOut() throws Exception {
    try (Conversation talk =
        talk(peer -> peer.expect("<presence><a xmlns='urn:x'/><b xmlns='urn:x'/></presence>"))) {
      plugin.context().onSendingPresence(adding("a"));
      plugin
          .context()
          .onSendingPresence(
              presence -> {
                throw new AssertionError("only pretended");
              });
      plugin.context().onSendingPresence(presence -> null);
      plugin.context().onSendingPresence(presence -> Presence.of(Presence.Type.UNAVAILABLE, null));
      plugin.context().onSendingPresence(presence -> Presence.of(Presence.Type.AVAILABLE, ROMEO));
      plugin.context().onSendingPresence(adding("b"));
      talk.connect();

      send(talk, Presence.available());
      talk.finish();
    }
  }

  @Test
  void onSendingPresence_closedOrPluginOff_changesNothingMore() throws Exception {
    try (Conversation talk =
        talk(
            peer -> {
              peer.expect("<presence><b xmlns='urn:x'/></presence>");
              peer.expect("<presence/>");
            })) {
      Registration closed = plugin.context().onSendingPresence(adding("a"));
      plugin.context().onSendingPresence(adding("b"));
      closed.close();
      talk.connect();

      send(talk, Presence.available());
      talk.client().disablePlugin("a");
      send(talk, Presence.available());
      talk.finish();
    }
  }

  @Test
  void onStateChange_connectsAndIsTurnedOff_isToldWhileOn() throws Exception {
    CountDownLatch over = new CountDownLatch(1);
    try (Conversation talk = talk(peer -> over.await(20, TimeUnit.SECONDS))) {
      BlockingQueue<ConnectionState> states = new LinkedBlockingQueue<>();
      plugin.context().onStateChange(change -> states.add(change.to()));
      talk.connect();

      List<ConnectionState> told = new ArrayList<>();
      while (!told.contains(ConnectionState.CONNECTED)) {
        told.add(Objects.requireNonNull(states.poll(20, TimeUnit.SECONDS)));
      }
      assertThat(told).startsWith(ConnectionState.CONNECTING);
      over.countDown();
      while (!told.contains(ConnectionState.DISCONNECTED)) {
        told.add(Objects.requireNonNull(states.poll(20, TimeUnit.SECONDS)));
      }
      talk.client().disablePlugin("a");
      CompletableFuture<Jid> again = talk.client().connect();
      talk.client().close();
      assertThat(again).failsWithin(Duration.ofSeconds(20));
      assertThat(states).isEmpty();
    }
  }

  @Test
  void listeners_null_areNamed() throws Exception {
    try (Conversation talk = talk(peer -> {})) {
      assertThatNullPointerException()
          .isThrownBy(() -> plugin.context().onSendingPresence(null))
          .withMessage("change");
      assertThatNullPointerException()
          .isThrownBy(() -> plugin.context().onStateChange(null))
          .withMessage("listener");
    }
  }
}
