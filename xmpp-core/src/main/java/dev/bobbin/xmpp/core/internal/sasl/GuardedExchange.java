package dev.bobbin.xmpp.core.internal.sasl;

/**
 * An exchange whose mistakes stay inside: what a library throws unchecked may quote a character of
 * the password, so that it is neither told nor kept as a cause. Around the exchange and not in it,
 * so that fuzzing the exchange sees what is thrown. For use by one thread.
 */
final class GuardedExchange implements SaslExchange {
  private final SaslExchange guarded;

  GuardedExchange(SaslExchange guarded) {
    this.guarded = guarded;
  }

  @Override
  public byte[] initialResponse() {
    return guarded.initialResponse();
  }

  @Override
  public byte[] answer(byte[] challenge) throws SaslException {
    try {
      return guarded.answer(challenge);
    } catch (RuntimeException e) {
      throw SaslException.unexpected(e);
    }
  }

  @Override
  public void succeed(byte[] additionalData) throws SaslException {
    try {
      guarded.succeed(additionalData);
    } catch (RuntimeException e) {
      throw SaslException.unexpected(e);
    }
  }

  @Override
  public boolean hasSaidAll() {
    return guarded.hasSaidAll();
  }

  @Override
  public void close() {
    guarded.close();
  }
}
