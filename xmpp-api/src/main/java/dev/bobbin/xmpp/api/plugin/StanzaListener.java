package dev.bobbin.xmpp.api.plugin;

import dev.bobbin.xmpp.api.stanza.Stanza;
import java.util.Objects;

/**
 * Is told of each message, or of each presence, in the order in which they came. Runs on one thread
 * at a time.
 *
 * @param <S> which stanza
 */
@FunctionalInterface
public interface StanzaListener<S extends Stanza> {
  /**
   * Takes one stanza.
   *
   * @param stanza what was received
   * @throws Exception what went wrong; it is logged, and the next stanza comes all the same
   */
  void receive(S stanza) throws Exception;

  /**
   * Whether {@link #receive} may run on the thread that reads the connection.
   *
   * @return false unless the listener promises not to block
   */
  default boolean isDirect() {
    return false;
  }

  /**
   * Declares that a listener never blocks: no I/O, no waiting.
   *
   * @param listener the listener
   * @param <S> which stanza
   * @return the same listener, run on the thread that reads the connection
   */
  static <S extends Stanza> StanzaListener<S> direct(StanzaListener<S> listener) {
    Objects.requireNonNull(listener, "listener");
    return new StanzaListener<>() {
      @Override
      public void receive(S stanza) throws Exception {
        listener.receive(stanza);
      }

      @Override
      public boolean isDirect() {
        return true;
      }
    };
  }
}
