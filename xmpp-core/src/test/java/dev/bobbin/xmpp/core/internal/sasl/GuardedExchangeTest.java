package dev.bobbin.xmpp.core.internal.sasl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bobbin.xmpp.api.jid.Jid;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** What nobody expected to be thrown is told by its class, and by nothing that it says. */
class GuardedExchangeTest {
  private static final Credentials NOBODY = Credentials.anonymous(Jid.of("example.org"));

  /** Prepared it would have been refused; the code below cannot compute with it. */
  private static SaslExchange withImpossiblePassword() {
    return new GuardedExchange(
        new ScramExchange(
            Mechanism.SCRAM_SHA_256,
            Gs2Header.NOT_BINDING,
            "juliet",
            "r0m30\uD800".toCharArray(),
            () -> "abc"));
  }

  private static byte[] bytes(String message) {
    return message.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void answer_uncheckedException_isToldByItsClassAlone() {
    try (SaslExchange exchange = withImpossiblePassword()) {
      assertThat(exchange.initialResponse()).isEqualTo(bytes("n,,n=juliet,r=abc"));
      assertThatThrownBy(() -> exchange.answer(bytes("r=abcd,s=c2FsdA==,i=4096")))
          .isInstanceOf(SaslException.class)
          .hasMessage("the client failed unexpectedly with java.lang.IllegalArgumentException")
          .hasNoCause()
          .hasNoSuppressedExceptions()
          .hasStackTraceContaining("PasswordBytes");
    }
  }

  @Test
  void answer_declaredException_staysAsItIs() {
    try (SaslExchange exchange = withImpossiblePassword()) {
      assertThatThrownBy(() -> exchange.answer(bytes("r=abcd,s=c2FsdA==,i=1")))
          .isInstanceOf(SaslException.class)
          .hasMessageStartingWith("the server asks for 1 SCRAM iterations");
      assertThat(exchange.hasSaidAll()).isFalse();
    }
  }

  @Test
  void begin_uncheckedException_isToldByItsClassAlone() {
    // Nobody has no name to prove a password of; no choice of mechanisms comes to this.
    ChosenMechanism impossible =
        new ChosenMechanism(NOBODY, Mechanism.SCRAM_SHA_256, Gs2Header.NOT_BINDING);

    assertThatThrownBy(impossible::begin)
        .isInstanceOf(SaslException.class)
        .hasMessage("the client failed unexpectedly with java.util.NoSuchElementException")
        .hasNoCause();
  }

  @Test
  void close_guarded_closesTheExchange() {
    SaslExchange exchange = withImpossiblePassword();
    exchange.close();

    assertThatThrownBy(() -> exchange.succeed(bytes("v=AAAA")))
        .isInstanceOf(SaslException.class)
        .hasMessage("the SCRAM exchange is closed");
  }
}
