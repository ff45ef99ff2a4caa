package dev.bobbin.xmpp.core;

import dev.bobbin.xmpp.api.StateChange;
import dev.bobbin.xmpp.api.jid.Jid;
import dev.bobbin.xmpp.api.registry.Registration;
import dev.bobbin.xmpp.api.stanza.Iq;
import dev.bobbin.xmpp.api.stanza.Stanza;
import dev.bobbin.xmpp.core.internal.connection.ConnectionSlot;
import dev.bobbin.xmpp.core.internal.plugin.ClientServices;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** A client as its plugins see it. Thread-safe. */
final class PluginServices implements ClientServices {
  private final XmppClient client;
  private final ConnectionSlot slot;
  private final Duration requestTimeout;

  PluginServices(XmppClient client, ConnectionSlot slot, Duration requestTimeout) {
    this.client = client;
    this.slot = slot;
    this.requestTimeout = requestTimeout;
  }

  @Override
  public Jid account() {
    return client.account();
  }

  @Override
  public Jid self() {
    return client.self();
  }

  @Override
  public Registration onStateChange(Consumer<StateChange> listener) {
    return client.onStateChange(listener);
  }

  @Override
  public CompletableFuture<Iq> request(Iq request) {
    return slot.use(present -> present.request(request, requestTimeout));
  }

  @Override
  public CompletableFuture<Void> send(Stanza stanza) {
    return slot.use(present -> present.send(client.changed(stanza)));
  }

  @Override
  public CompletableFuture<Boolean> sendIf(Stanza stanza, BooleanSupplier wanted) {
    return slot.use(present -> present.sendIf(client.changed(stanza), wanted));
  }
}
