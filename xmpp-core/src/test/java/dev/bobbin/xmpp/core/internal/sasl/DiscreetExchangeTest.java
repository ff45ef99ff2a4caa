package dev.bobbin.xmpp.core.internal.sasl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.Test;

/** What is told when a mechanism throws what nobody expected. */
class DiscreetExchangeTest {
  /** A null stands for whatever a library trips over. */
  @Test
  @SuppressWarnings("NullAway") // The fault that is wanted.
  void exchange_failsUnexpectedly_isToldByClassAndPlaceAlone() {
    SaslExchange exchange = new DiscreetExchange(SingleMessage.anonymous());

    SaslException failure = catchThrowableOfType(SaslException.class, () -> exchange.succeed(null));

    assertThat(failure)
        .hasMessage("the mechanism failed with java.lang.NullPointerException")
        .hasNoCause()
        .hasNoSuppressedExceptions();
    assertThat(failure.getStackTrace()[0].getClassName()).endsWith(".SingleMessage");
  }

  @Test
  void exchange_failsAsItMay_isToldInFull() {
    SaslExchange exchange = new DiscreetExchange(SingleMessage.anonymous());

    assertThat(catchThrowableOfType(SaslException.class, () -> exchange.answer(new byte[0])))
        .hasMessage("the server sent a challenge, which ANONYMOUS does not have");
  }
}
