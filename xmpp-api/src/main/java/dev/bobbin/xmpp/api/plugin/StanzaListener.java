package dev.bobbin.xmpp.api.plugin;

import dev.bobbin.xmpp.api.stanza.Stanza;
import java.util.Objects;

/**
 * Is told of each message, or of each presence, in the order in which they came. Runs on one thread
 * at a time.
 *
 * <p>Listeners that are not direct have to keep up: what they have not taken yet is kept, but only
 * up to a bound of the client's, and beyond it the connection ends with {@link
 * dev.bobbin.xmpp.api.ConnectionException.Reason#OVERLOADED} and what waited is dropped. One that
 * never returns holds back all others. Hand long work to threads of your own.
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
    DirectStanzaListener<S> direct = listener::receive;
    return direct;
  }
}

/** A listener that made the promise. */
@FunctionalInterface
interface DirectStanzaListener<S extends Stanza> extends StanzaListener<S> {
  @Override
  default boolean isDirect() {
    return true;
  }
}
