package dev.bobbin.xmpp.core.internal.routing;

import dev.bobbin.xmpp.api.plugin.PluginException;
import dev.bobbin.xmpp.api.plugin.RequestHandler;
import dev.bobbin.xmpp.api.plugin.StanzaListener;
import dev.bobbin.xmpp.api.registry.Registration;
import dev.bobbin.xmpp.api.stanza.Iq;
import dev.bobbin.xmpp.api.stanza.Message;
import dev.bobbin.xmpp.api.stanza.Presence;
import dev.bobbin.xmpp.api.stanza.Stanza;
import dev.bobbin.xmpp.api.stanza.StanzaError;
import dev.bobbin.xmpp.api.stanza.StanzaError.Condition;
import dev.bobbin.xmpp.api.stanza.StanzaErrorException;
import dev.bobbin.xmpp.api.xml.XmlElement;
import dev.bobbin.xmpp.core.internal.runtime.Handover;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives requests to the one handler of their payload, messages and presence to all listeners, and
 * tells of what the application sends; has presence changed on its way out ({@link
 * PresenceChanges}).
 *
 * <p>Called on the reader. Only what is declared direct runs there; other handlers run on the
 * workers, as many at once as {@link RequestsInWork} admits, and other listeners one after the
 * other in the order of arrival ({@link ArrivalQueue}). A handler whose answer does not come in
 * time gives its place up: whichever comes first, outcome or time limit, answers the peer, and the
 * other is ignored. Handlers and listeners may come and go at any time.
 */
public final class StanzaRouter {
  /** How long a handler may take by default; nobody waits for an answer that much longer. */
  public static final Duration TIME_FOR_A_REQUEST = Duration.ofSeconds(60);

  private static final Logger LOG = LoggerFactory.getLogger(StanzaRouter.class);

  private record Payload(String name, String namespace) {}

  /**
   * A handler or listener as somebody added it. Compared by identity, so that closing a
   * registration twice cannot take away a later one of the same handler.
   */
  private static final class Added<T> {
    final T it;

    Added(T it) {
      this.it = it;
    }
  }

  private final Executor workers;
  private final ScheduledExecutorService timer;
  private final long requestMillis;
  private final ArrivalQueue arrivals;
  private final Map<Payload, Added<RequestHandler>> handlers = new ConcurrentHashMap<>();
  private final List<Added<StanzaListener<Message>>> messageListeners =
      new CopyOnWriteArrayList<>();
  private final List<Added<StanzaListener<Presence>>> presenceListeners =
      new CopyOnWriteArrayList<>();
  private final List<Added<Consumer<Stanza>>> sendListeners = new CopyOnWriteArrayList<>();
  private final PresenceChanges presenceChanges = new PresenceChanges();
  private final RequestsInWork inWork = new RequestsInWork();

  /**
   * Makes a router without handlers.
   *
   * @param workers where what is not direct runs
   * @param timer ends requests that take too long
   * @param timeForARequest after which a peer gets an error instead of the handler's answer
   */
  public StanzaRouter(Executor workers, ScheduledExecutorService timer, Duration timeForARequest) {
    this.workers = workers;
    this.timer = timer;
    this.requestMillis = timeForARequest.toMillis();
    this.arrivals = new ArrivalQueue(workers);
  }

  /**
   * Adds the handler of a payload.
   *
   * @param name the payload's local name
   * @param namespace the payload's namespace
   * @param handler answers its requests
   * @return takes it away
   */
  public Registration onRequest(String name, String namespace, RequestHandler handler) {
    Payload payload = new Payload(name, namespace);
    Added<RequestHandler> added = new Added<>(handler);
    if (handlers.putIfAbsent(payload, added) != null) {
      throw new PluginException(
          "Requests with <" + name + " xmlns='" + namespace + "'/> are answered already");
    }
    return () -> handlers.remove(payload, added);
  }

  /**
   * Adds a listener to messages.
   *
   * @param listener is told of each
   * @return takes it away
   */
  public Registration onMessage(StanzaListener<Message> listener) {
    return add(messageListeners, listener);
  }

  /**
   * Adds a listener to presence.
   *
   * @param listener is told of each
   * @return takes it away
   */
  public Registration onPresence(StanzaListener<Presence> listener) {
    return add(presenceListeners, listener);
  }

  /**
   * Adds a listener to what the application sends.
   *
   * @param listener is told of each stanza, on the thread that sends it
   * @return takes it away
   */
  public Registration onSend(Consumer<Stanza> listener) {
    return add(sendListeners, listener);
  }

  /**
   * Adds a change to available presence.
   *
   * @param plugin whose it is
   * @param change gives what is sent in its place
   * @return takes it away
   */
  public Registration onSendingPresence(String plugin, UnaryOperator<Presence> change) {
    return presenceChanges.add(plugin, change);
  }

  private static <T> Registration add(List<Added<T>> all, T it) {
    Added<T> added = new Added<>(it);
    all.add(added);
    return () -> all.remove(added);
  }

  /**
   * Tells the listeners of a message or presence. One that is malformed is ignored: nobody could be
   * answered.
   *
   * @param element the stanza
   * @throws dev.bobbin.xmpp.api.ConnectionException when so much waits for listeners that the
   *     connection has to end
   */
  public void deliver(XmlElement element) {
    Stanza stanza;
    try {
      stanza = Stanza.parse(element);
    } catch (RuntimeException e) {
      LOG.debug("A malformed {} was ignored", element.name());
      return;
    }
    if (stanza instanceof Message message) {
      deliver(messageListeners, message, element);
    } else if (stanza instanceof Presence presence) {
      deliver(presenceListeners, presence, element);
    }
  }

  private <S extends Stanza> void deliver(
      List<Added<StanzaListener<S>>> listeners, S stanza, XmlElement element) {
    List<StanzaListener<S>> later = new ArrayList<>();
    for (Added<StanzaListener<S>> added : listeners) {
      StanzaListener<S> listener = added.it;
      if (listener.isDirect()) {
        tell(listener, stanza);
      } else {
        later.add(listener);
      }
    }
    if (!later.isEmpty()) {
      arrivals.add(() -> later.forEach(listener -> tell(listener, stanza)), Weight.of(element));
    }
  }

  /**
   * Tells of a stanza that the application is about to send.
   *
   * @param stanza as the application made it, perhaps still without an id
   */
  public void sending(Stanza stanza) {
    for (Added<Consumer<Stanza>> added : sendListeners) {
      tell(added.it::accept, stanza);
    }
  }

  /**
   * Presence as it is sent.
   *
   * @param presence as the application or a plugin made it
   * @return what plugins made of it
   */
  public Presence changed(Presence presence) {
    return presenceChanges.of(presence);
  }

  private static <S extends Stanza> void tell(StanzaListener<S> listener, S stanza) {
    try {
      listener.receive(stanza);
    } catch (Throwable e) {
      // Even an Error is the listener's alone: the queue has to go on with the others.
      LOG.warn("A listener failed", e);
    }
  }

  /**
   * Has a request answered, now or later.
   *
   * @param element an {@code iq} that is no answer
   * @param congested whether so much waits to be sent that requests are refused
   * @param reply takes the answer; called on any thread, exactly once, unless the request has no id
   */
  public void answer(XmlElement element, boolean congested, Consumer<Iq> reply) {
    Iq request;
    try {
      request = Iq.parse(element);
    } catch (RuntimeException e) {
      LOG.debug("A malformed iq was refused");
      malformed(element, reply);
      return;
    }
    if (request.id().isEmpty()) {
      LOG.debug("A request without an id was ignored, since no answer could be told by it");
      return;
    }
    if (request.payloads().size() != 1) {
      refuse(request, Condition.BAD_REQUEST, reply);
      return;
    }
    XmlElement payload = request.payloads().get(0);
    Added<RequestHandler> added = handlers.get(new Payload(payload.name(), payload.namespace()));
    if (added == null) {
      refuse(request, Condition.SERVICE_UNAVAILABLE, reply);
      return;
    }
    long weight = Weight.of(element);
    if (congested || !inWork.enter(weight)) {
      refuse(request, Condition.RESOURCE_CONSTRAINT, reply);
    } else {
      run(added.it, new Work(request, weight, reply, new AtomicBoolean(true)));
    }
  }

  /** A request in work, until it is answered. */
  private record Work(Iq request, long weight, Consumer<Iq> reply, AtomicBoolean open) {}

  private void run(RequestHandler handler, Work work) {
    if (handler.isDirect()) {
      handle(handler, work, () -> limit(work));
      return;
    }
    Runnable limited = limit(work);
    try {
      workers.execute(() -> handle(handler, work, () -> limited));
    } catch (RejectedExecutionException e) {
      finish(work, null, e);
    }
  }

  private void handle(RequestHandler handler, Work work, Supplier<Runnable> limit) {
    CompletionStage<Iq> stage;
    try {
      stage = handler.handle(work.request());
      if (stage == null) {
        throw new IllegalStateException("A request handler returned null");
      }
    } catch (Throwable e) {
      finish(work, null, e);
      limit.get().run();
      return;
    }
    stage.whenComplete((answer, failure) -> finish(work, answer, failure));
    Runnable unlimited = limit.get();
    stage.whenComplete((answer, failure) -> unlimited.run());
  }

  /** Gives the request a time limit, unless it is answered; what is returned takes it away. */
  private Runnable limit(Work work) {
    if (!work.open().get()) {
      return () -> {};
    }
    try {
      Future<?> limit =
          timer.schedule(
              () -> Handover.to(workers, () -> expire(work)), requestMillis, TimeUnit.MILLISECONDS);
      return () -> limit.cancel(false);
    } catch (RejectedExecutionException e) {
      // The runtime is closing, and the connection with it.
      return () -> {};
    }
  }

  private void expire(Work work) {
    finish(work, null, new TimeoutException("It took more than " + requestMillis + " ms"));
  }

  private void finish(Work work, @Nullable Iq answer, @Nullable Throwable failure) {
    if (!work.open().compareAndSet(true, false)) {
      LOG.debug("A request handler's outcome came after the time limit and was ignored");
      return;
    }
    inWork.leave(work.weight());
    Iq request = work.request();
    Consumer<Iq> reply = work.reply();
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    if (cause instanceof StanzaErrorException refusal) {
      reply.accept(request.error(refusal.error()));
    } else if (cause != null || answer == null) {
      LOG.warn("A request handler failed; the peer gets internal-server-error", cause);
      refuse(request, Condition.INTERNAL_SERVER_ERROR, reply);
    } else if (!answers(answer, request)) {
      LOG.warn("A request handler returned no answer to its request; the peer gets an error");
      refuse(request, Condition.INTERNAL_SERVER_ERROR, reply);
    } else {
      reply.accept(answer);
    }
  }

  private static boolean answers(Iq answer, Iq request) {
    return !answer.type().isRequest()
        && answer.id().equals(request.id())
        && answer.to().equals(request.from());
  }

  private static void refuse(Iq request, Condition condition, Consumer<Iq> reply) {
    reply.accept(request.error(StanzaError.of(condition)));
  }

  /**
   * What the type or an address of makes it unreadable is still answered where that is possible.
   */
  private static void malformed(XmlElement element, Consumer<Iq> reply) {
    String id = element.attribute("id").orElse("");
    if (id.isEmpty()) {
      return;
    }
    try {
      Iq readable =
          Iq.parse(
              XmlElement.builder("iq", Stanza.NAMESPACE)
                  .attribute("type", "get")
                  .attribute("id", id)
                  .attribute("from", element.attribute("from").orElse(null))
                  .build());
      refuse(readable, Condition.BAD_REQUEST, reply);
    } catch (RuntimeException e) {
      LOG.debug("Its sender cannot be answered either");
    }
  }
}
