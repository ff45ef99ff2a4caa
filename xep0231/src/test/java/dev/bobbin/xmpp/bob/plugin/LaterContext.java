package dev.bobbin.xmpp.bob.plugin;

import dev.bobbin.xmpp.api.jid.Jid;
import dev.bobbin.xmpp.api.plugin.PluginContext;
import dev.bobbin.xmpp.api.plugin.RequestHandler;
import dev.bobbin.xmpp.api.plugin.ServiceLocation;
import dev.bobbin.xmpp.api.plugin.Settings;
import dev.bobbin.xmpp.api.plugin.StanzaListener;
import dev.bobbin.xmpp.api.plugin.XmppPlugin;
import dev.bobbin.xmpp.api.registry.ApiRegistry;
import dev.bobbin.xmpp.api.registry.Registration;
import dev.bobbin.xmpp.api.stanza.Iq;
import dev.bobbin.xmpp.api.stanza.Message;
import dev.bobbin.xmpp.api.stanza.Presence;
import dev.bobbin.xmpp.api.stanza.Stanza;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** A context that knows a time and what is to be done later, and nothing else. */
final class LaterContext implements PluginContext {
  Instant now = Instant.parse("2026-01-01T00:00:00Z");
  boolean off;
  private final List<Later> waiting = new ArrayList<>();

  private record Later(Duration delay, Runnable task) {}

  /** After which times something is to be done. */
  List<Duration> delays() {
    return waiting.stream().map(Later::delay).toList();
  }

  /** Lets time pass, and does what waited. */
  void pass(Duration time) {
    now = now.plus(time);
    List<Later> due = List.copyOf(waiting);
    waiting.clear();
    due.forEach(later -> later.task().run());
  }

  @Override
  public InstantSource clock() {
    return () -> now;
  }

  @Override
  public Registration after(Duration delay, Runnable task) {
    if (off) {
      throw new IllegalStateException("off");
    }
    Later later = new Later(delay, task);
    waiting.add(later);
    return () -> waiting.remove(later);
  }

  private static AssertionError unused() {
    return new AssertionError("a sweep needs nothing but time");
  }

  @Override
  public Jid account() {
    throw unused();
  }

  @Override
  public Jid self() {
    throw unused();
  }

  @Override
  public ApiRegistry api() {
    throw unused();
  }

  @Override
  public Settings settings() {
    throw unused();
  }

  @Override
  public ServiceLocation services() {
    throw unused();
  }

  @Override
  public <P extends XmppPlugin> P plugin(Class<P> type) {
    throw unused();
  }

  @Override
  public Registration onRequest(String name, String namespace, RequestHandler handler) {
    throw unused();
  }

  @Override
  public Registration onMessage(StanzaListener<Message> listener) {
    throw unused();
  }

  @Override
  public Registration onPresence(StanzaListener<Presence> listener) {
    throw unused();
  }

  @Override
  public Registration onSend(Consumer<Stanza> listener) {
    throw unused();
  }

  @Override
  public Registration keep(Registration registration) {
    throw unused();
  }

  @Override
  public CompletableFuture<Iq> request(Iq request) {
    throw unused();
  }

  @Override
  public CompletableFuture<Void> send(Stanza stanza) {
    throw unused();
  }

  @Override
  public Executor workers() {
    throw unused();
  }
}
