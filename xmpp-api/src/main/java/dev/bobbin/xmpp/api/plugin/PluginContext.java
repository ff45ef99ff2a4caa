package dev.bobbin.xmpp.api.plugin;

import dev.bobbin.xmpp.api.StateChange;
import dev.bobbin.xmpp.api.jid.Jid;
import dev.bobbin.xmpp.api.registry.ApiRegistry;
import dev.bobbin.xmpp.api.registry.ApiTarget;
import dev.bobbin.xmpp.api.registry.Registration;
import dev.bobbin.xmpp.api.stanza.Iq;
import dev.bobbin.xmpp.api.stanza.Message;
import dev.bobbin.xmpp.api.stanza.Presence;
import dev.bobbin.xmpp.api.stanza.Stanza;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * What a client offers to one plugin while it is on. Thread-safe.
 *
 * <p>Every {@link Registration} made through it is closed when the plugin is turned off.
 */
public interface PluginContext {
  /**
   * The account that the client logs in to.
   *
   * @return a bare JID
   */
  Jid account();

  /**
   * Our own address as far as it is known.
   *
   * @return the full JID once a resource is bound, before that {@link #account()}
   */
  Jid self();

  /**
   * The connection's internal API. What the plugin registers is marked with its name.
   *
   * @return the registry
   */
  ApiRegistry api();

  /**
   * What the application set for this plugin by name.
   *
   * @return the settings, empty when there are none
   */
  Settings settings();

  /**
   * Where the plugin looks for services of its own.
   *
   * @return the class loader or module layer to search
   */
  ServiceLocation services();

  /**
   * Another plugin that is on.
   *
   * @param type its class
   * @param <P> its class
   * @return the plugin
   * @throws PluginException when no plugin of that class is on
   */
  <P extends XmppPlugin> P plugin(Class<P> type);

  /**
   * Answers the requests of one payload.
   *
   * @param name the payload's local name
   * @param namespace the payload's namespace
   * @param handler answers get and set alike
   * @return closes this registration
   * @throws PluginException when that payload is answered already
   */
  Registration onRequest(String name, String namespace, RequestHandler handler);

  /**
   * Is told of each message.
   *
   * @param listener takes them in order
   * @return closes this registration
   */
  Registration onMessage(StanzaListener<Message> listener);

  /**
   * Is told of each presence.
   *
   * @param listener takes them in order
   * @return closes this registration
   */
  Registration onPresence(StanzaListener<Presence> listener);

  /**
   * Is told of each stanza that the application itself sends through the client: messages, presence
   * and requests. Answers to peers and what plugins send are not among them.
   *
   * @param listener takes each on the thread that sends it, before it is on its way, and so must
   *     not block. Runs on several threads at once. When it throws, that is logged, and the stanza
   *     is sent all the same
   * @return closes this registration
   */
  Registration onSend(Consumer<Stanza> listener);

  /**
   * Changes presence that is about to be sent and says that we are available ({@link
   * Presence.Type#AVAILABLE}), broadcast or directed, whether the application or a plugin sends it;
   * so {@link #send} within a change would come back to it. Changes are made in the order in which
   * they were registered, each to what the one before it made. What {@link #onSend} tells is the
   * presence as the application gave it.
   *
   * @param change gives the presence to send in place of the one that it takes, of the same type
   *     and to the same addressee. Runs on the thread that sends, several at once, and so must not
   *     block. When it throws, or gives anything else, that is logged, and the presence is sent
   *     without that change
   * @return closes this registration
   */
  Registration onSendingPresence(UnaryOperator<Presence> change);

  /**
   * Is told of each change of the connection's state from now on, in order and on a worker, so some
   * time after it; never of two at once.
   *
   * @param listener takes the changes; one that does not keep up with them is taken away, with a
   *     warning in the log
   * @return closes this registration
   */
  Registration onStateChange(Consumer<StateChange> listener);

  /**
   * Has something that the plugin added elsewhere, such as a feature of service discovery, closed
   * when the plugin is turned off, or cannot be turned on.
   *
   * @param registration what to close, once
   * @return closes it earlier
   */
  Registration keep(Registration registration);

  /**
   * What an internal-API call on behalf of a peer is about: the JID that the peer addressed, and
   * the peer itself.
   *
   * @param received the peer's request, message or presence
   * @return a target about the stanza's {@code to}, or {@link #self()} where it has none, with its
   *     {@code from}; without one where it has none, as in a stanza of our own server's
   */
  default ApiTarget target(Stanza received) {
    ApiTarget target = ApiTarget.of(received.to().orElseGet(this::self));
    return received.from().map(target::withFrom).orElse(target);
  }

  /**
   * Sends a request and waits for its answer, which must come from the JID that was asked. The
   * future completes on a worker, so what depends on it may block.
   *
   * @param request an IQ of type get or set; one without {@code id} is given one
   * @return the result; completes exceptionally with {@link
   *     dev.bobbin.xmpp.api.stanza.StanzaErrorException}, with {@link
   *     java.util.concurrent.TimeoutException} after the client's time-out, or with the reason why
   *     there is no connection
   */
  CompletableFuture<Iq> request(Iq request);

  /**
   * Sends a stanza. Waits while the queue to the network is above its high-water mark.
   *
   * @param stanza what to send
   * @return completes when its bytes were handed to the operating system; exceptionally with the
   *     reason why there is no connection
   */
  CompletableFuture<Void> send(Stanza stanza);

  /**
   * Sends a stanza if that is still wanted at the moment when it takes its place in the queue to
   * the network. So a stanza that something newer has made obsolete can be kept from being sent
   * after the newer one: {@link #onSend} tells of that before it is on its way. Otherwise as {@link
   * #send}.
   *
   * @param stanza what to send
   * @param wanted whether it may still be sent. Asked once at most, under the lock of the queue: it
   *     must be quick, and neither block nor send
   * @return whether it was sent; completes exceptionally as {@link #send} does
   */
  CompletableFuture<Boolean> sendIf(Stanza stanza, BooleanSupplier wanted);

  /**
   * Where work that blocks may run.
   *
   * @return the runtime's workers
   */
  Executor workers();

  /**
   * Has something done later, once, on a worker; not before the delay is over, and not after the
   * plugin was turned off.
   *
   * @param delay from now on, in real time, whatever {@link #clock()} says; a negative one is none,
   *     and one of more than 1,000 days is cut to that
   * @param task what to do; what it throws is logged
   * @return calls it off, where it has not begun yet
   */
  Registration after(Duration delay, Runnable task);

  /**
   * The time.
   *
   * @return the client's clock
   */
  InstantSource clock();
}
