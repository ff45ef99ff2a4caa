package dev.bobbin.xmpp.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bobbin.xmpp.api.StreamError.Condition;
import dev.bobbin.xmpp.api.xml.XmlElement;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StreamErrorTest {
  private static final String STREAMS = "http://etherx.jabber.org/streams";

  private static XmlElement.Builder error() {
    return XmlElement.builder("error", STREAMS);
  }

  private static XmlElement text(String name, String text) {
    return XmlElement.builder(name, StreamError.NAMESPACE).text(text).build();
  }

  @Test
  void conditions_all_areThoseOfTheRfc() {
    assertThat(Arrays.stream(Condition.values()).map(Condition::elementName))
        .containsExactly(
            "bad-format",
            "bad-namespace-prefix",
            "conflict",
            "connection-timeout",
            "host-gone",
            "host-unknown",
            "improper-addressing",
            "internal-server-error",
            "invalid-from",
            "invalid-namespace",
            "invalid-xml",
            "not-authorized",
            "not-well-formed",
            "policy-violation",
            "remote-connection-failed",
            "reset",
            "resource-constraint",
            "restricted-xml",
            "see-other-host",
            "system-shutdown",
            "undefined-condition",
            "unsupported-encoding",
            "unsupported-feature",
            "unsupported-stanza-type",
            "unsupported-version");
  }

  @Test
  void in_textBeforeTheCondition_givesBoth() {
    StreamError error =
        StreamError.in(error().add(text("text", "Replaced")).add(text("conflict", "")).build());

    assertThat(error.condition()).isEqualTo(Condition.CONFLICT);
    assertThat(error.name()).isEqualTo("conflict");
    assertThat(error.text()).contains("Replaced");
    assertThat(error.host()).isEmpty();
    assertThat(error).hasToString("conflict: Replaced");
  }

  @Test
  void in_unknownCondition_keepsItsNameCut() {
    StreamError error = StreamError.in(error().add(text("x".repeat(300), "")).build());

    assertThat(error.condition()).isEqualTo(Condition.UNDEFINED_CONDITION);
    assertThat(error.name()).isEqualTo("x".repeat(100));
  }

  @Test
  void in_nothing_isUndefined() {
    assertThat(StreamError.in(error().build()).condition())
        .isEqualTo(Condition.UNDEFINED_CONDITION);
    assertThat(StreamError.in(error().add(XmlElement.of("conflict", "urn:other")).build()).name())
        .isEqualTo("undefined-condition");
  }

  @Test
  void in_twoConditions_takesTheFirst() {
    StreamError error =
        StreamError.in(error().add(text("reset", "")).add(text("conflict", "")).build());

    assertThat(error.condition()).isEqualTo(Condition.RESET);
  }

  @Test
  void in_seeOtherHost_givesTheHost() {
    StreamError error =
        StreamError.in(error().add(text("see-other-host", " \n[::1]:5223 ")).build());

    assertThat(error.host()).contains("[::1]:5223");
    assertThat(error).hasToString("see-other-host '[::1]:5223'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " \t"})
  void in_seeOtherHostWithoutAHost_hasNone(String said) {
    assertThat(StreamError.in(error().add(text("see-other-host", said)).build()).host()).isEmpty();
  }

  @Test
  void in_endlessTexts_areCut() {
    StreamError error =
        StreamError.in(
            error()
                .add(text("see-other-host", "h".repeat(5000)))
                .add(text("text", "t".repeat(5000)))
                .build());

    assertThat(error.host()).contains("h".repeat(1100));
    assertThat(error.text()).contains("t".repeat(1000));
    assertThat(error.toString()).hasSize(16 + 103 + 2 + 203 + 1);
  }

  @Test
  void exception_ofAnError_carriesIt() {
    StreamError error = StreamError.in(error().add(text("conflict", "")).build());

    ConnectionException exception = ConnectionException.of(error, "; so be it");

    assertThat(exception)
        .hasMessage(
            "The server ended the stream: conflict; so be it (docs/errors.md#stream-error)");
    assertThat(exception.reason()).isEqualTo(ConnectionException.Reason.STREAM_ERROR);
    assertThat(exception.streamError()).contains(error);
    assertThat(new ConnectionException(ConnectionException.Reason.TLS, "no", null).streamError())
        .isEmpty();
  }
}
