package dev.bobbin.xmpp.core.internal.plugin;

import dev.bobbin.xmpp.api.StateChange;
import dev.bobbin.xmpp.api.jid.Jid;
import dev.bobbin.xmpp.api.registry.Registration;
import dev.bobbin.xmpp.api.stanza.Iq;
import dev.bobbin.xmpp.api.stanza.Stanza;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** What plugins need of the client that they extend. */
public interface ClientServices {
  /**
   * The account that logs in.
   *
   * @return a bare JID
   */
  Jid account();

  /**
   * Our own address as far as it is known.
   *
   * @return the full JID once bound, before that the bare one
   */
  Jid self();

  /**
   * Tells of the connection's state.
   *
   * @param listener takes the changes, on a worker
   * @return closes this registration
   */
  Registration onStateChange(Consumer<StateChange> listener);

  /**
   * Sends a request on the present connection.
   *
   * @param request a get or a set
   * @return its result
   */
  CompletableFuture<Iq> request(Iq request);

  /**
   * Sends a stanza on the present connection.
   *
   * @param stanza what to send
   * @return completes when it was handed to the operating system
   */
  CompletableFuture<Void> send(Stanza stanza);

  /**
   * Sends a stanza on the present connection, if that is still wanted.
   *
   * @param stanza what to send
   * @param wanted asked when it would be enqueued
   * @return whether it was handed to the operating system
   */
  CompletableFuture<Boolean> sendIf(Stanza stanza, BooleanSupplier wanted);
}
