package dev.bobbin.xmpp.core.internal.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bobbin.xmpp.api.StreamError;
import dev.bobbin.xmpp.api.StreamError.Condition;
import dev.bobbin.xmpp.api.xml.XmlElement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is made of a stream error that a server sent. */
class ReceivedStreamErrorTest {
  private static final String STREAMS = "http://etherx.jabber.org/streams";

  private static XmlElement.Builder error() {
    return XmlElement.builder("error", STREAMS);
  }

  private static XmlElement text(String name, String text) {
    return XmlElement.builder(name, StreamError.NAMESPACE).text(text).build();
  }

  @Test
  void in_textBeforeTheCondition_givesBoth() {
    StreamError error =
        StreamErrors.in(error().add(text("text", "Replaced")).add(text("conflict", "")).build());

    assertThat(error.condition()).isEqualTo(Condition.CONFLICT);
    assertThat(error.name()).isEqualTo("conflict");
    assertThat(error.text()).contains("Replaced");
    assertThat(error.host()).isEmpty();
    assertThat(error).hasToString("conflict: Replaced");
  }

  @Test
  void in_unknownCondition_keepsItsNameCut() {
    StreamError error = StreamErrors.in(error().add(text("x".repeat(300), "")).build());

    assertThat(error.condition()).isEqualTo(Condition.UNDEFINED_CONDITION);
    assertThat(error.name()).isEqualTo("x".repeat(100));
  }

  @Test
  void in_nothing_isUndefined() {
    assertThat(StreamErrors.in(error().build()).condition())
        .isEqualTo(Condition.UNDEFINED_CONDITION);
    assertThat(StreamErrors.in(error().add(XmlElement.of("conflict", "urn:other")).build()).name())
        .isEqualTo("undefined-condition");
  }

  @Test
  void in_twoConditions_takesTheFirst() {
    StreamError error =
        StreamErrors.in(error().add(text("reset", "")).add(text("conflict", "")).build());

    assertThat(error.condition()).isEqualTo(Condition.RESET);
  }

  @Test
  void in_seeOtherHost_givesTheHost() {
    StreamError error =
        StreamErrors.in(error().add(text("see-other-host", " \n[::1]:5223 ")).build());

    assertThat(error.host()).contains("[::1]:5223");
    assertThat(error).hasToString("see-other-host '[::1]:5223'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " \t"})
  void in_seeOtherHostWithoutAHost_hasNone(String said) {
    assertThat(StreamErrors.in(error().add(text("see-other-host", said)).build()).host()).isEmpty();
  }

  @Test
  void in_endlessTexts_areCut() {
    StreamError error =
        StreamErrors.in(
            error()
                .add(text("see-other-host", "h".repeat(5000)))
                .add(text("text", "t".repeat(5000)))
                .build());

    assertThat(error.host()).contains("h".repeat(1100));
    assertThat(error.text()).contains("t".repeat(1000));
    assertThat(error.toString()).hasSize(16 + 103 + 2 + 203 + 1);
  }
}
