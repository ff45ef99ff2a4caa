package dev.bobbin.xmpp.core.internal.sasl;

/**
 * An exchange of which no exception tells more than it should: one that nobody expected is reported
 * by its class and where it was thrown, and neither its message nor itself, since a library may
 * quote in it what it was given, which is a password. For use by one thread.
 */
final class DiscreetExchange implements SaslExchange {
  private final SaslExchange exchange;

  DiscreetExchange(SaslExchange exchange) {
    this.exchange = exchange;
  }

  static SaslException withoutMessage(RuntimeException unexpected) {
    SaslException told =
        new SaslException("the mechanism failed with " + unexpected.getClass().getName());
    told.setStackTrace(unexpected.getStackTrace());
    return told;
  }

  @Override
  public byte[] initialResponse() {
    return exchange.initialResponse();
  }

  @Override
  public byte[] answer(byte[] challenge) throws SaslException {
    try {
      return exchange.answer(challenge);
    } catch (RuntimeException e) {
      throw withoutMessage(e);
    }
  }

  @Override
  public void succeed(byte[] additionalData) throws SaslException {
    try {
      exchange.succeed(additionalData);
    } catch (RuntimeException e) {
      throw withoutMessage(e);
    }
  }

  @Override
  public boolean hasSaidAll() {
    return exchange.hasSaidAll();
  }

  @Override
  public void close() {
    exchange.close();
  }
}
