package dev.bobbin.xmpp.api.stanza;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import dev.bobbin.xmpp.api.XmppException;
import dev.bobbin.xmpp.api.jid.Jid;
import dev.bobbin.xmpp.api.stanza.StanzaError.Condition;
import org.junit.jupiter.api.Test;

class StanzaErrorExceptionTest {
  @Test
  void message_ofAPeersRefusal_namesPeerConditionTypeAndText() {
    StanzaError error = StanzaError.of(Condition.ITEM_NOT_FOUND, "no such blob");
    StanzaErrorException exception = new StanzaErrorException(error, Jid.of("a@b/c"));

    assertThat(exception)
        .isInstanceOf(XmppException.class)
        .hasMessage("a@b/c answered item-not-found (cancel): no such blob");
    assertThat(exception.error()).isSameAs(error);
    assertThat(exception.condition()).isEqualTo(Condition.ITEM_NOT_FOUND);
    assertThat(exception.from()).contains(Jid.of("a@b/c"));
  }

  @Test
  void message_ofOurRefusal_namesConditionAndType() {
    StanzaErrorException exception =
        new StanzaErrorException(StanzaError.of(Condition.NOT_ALLOWED));

    assertThat(exception).hasMessage("not-allowed (cancel)");
    assertThat(exception.from()).isEmpty();
  }

  @Test
  void message_hostileText_isCutAndCleaned() {
    String text = "a\r\nb\u202E" + "x".repeat(2000);

    assertThat(new StanzaErrorException(StanzaError.of(Condition.GONE, text)))
        .hasMessage("gone (cancel): a\uFFFD\uFFFDb\uFFFD" + "x".repeat(995) + "...");
  }

  @Test
  void constructor_null_isNamed() {
    assertThatNullPointerException()
        .isThrownBy(() -> new StanzaErrorException(null))
        .withMessage("error");
  }
}
