package dev.bobbin.xmpp.core.internal.sasl;

/**
 * The client's side of one authentication by one mechanism, as <a
 * href="https://www.rfc-editor.org/rfc/rfc4422#section-5">RFC 4422 section 5</a> describes
 * mechanisms: it knows no XML. It takes no more challenges than its mechanism has. For use by one
 * thread; {@link #close} wipes what is secret in it.
 */
public sealed interface SaslExchange extends AutoCloseable
    permits GuardedExchange, ScramExchange, SingleMessage {
  /**
   * What is sent before the server says anything.
   *
   * @return the message; empty where the mechanism's message is empty
   */
  byte[] initialResponse();

  /**
   * Answers a challenge. May cost up to a second of computing.
   *
   * @param challenge what the server sent
   * @return the response
   * @throws SaslException when the challenge is not acceptable
   */
  byte[] answer(byte[] challenge) throws SaslException;

  /**
   * Takes the server's word that it is satisfied; whoever returns from here is so as well.
   *
   * @param additionalData what came with it; empty when nothing did
   * @throws SaslException when the server has not done its part
   */
  void succeed(byte[] additionalData) throws SaslException;

  /**
   * Whether the client has said all that the mechanism needs of it, so that success comes next
   * unless something is wrong. A server may still ask for an empty response.
   *
   * @return true from then on
   */
  boolean hasSaidAll();

  @Override
  void close();
}
