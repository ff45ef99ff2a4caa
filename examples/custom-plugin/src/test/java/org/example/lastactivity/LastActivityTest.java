package org.example.lastactivity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bobbin.xmpp.api.XmppException;
import dev.bobbin.xmpp.testkit.LiteralXml;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The payload as literal XML, both ways. */
class LastActivityTest {
  @Test
  void parse_secondsAndStatus_areRead() {
    LastActivity read =
        LastActivity.parse(
            LiteralXml.element("<query xmlns='jabber:iq:last' seconds='903'>Good &amp;c</query>"));

    assertThat(read).isEqualTo(new LastActivity(Duration.ofSeconds(903), "Good &c"));
    assertThat(
            LastActivity.parse(LiteralXml.element("<query xmlns='jabber:iq:last' seconds='0'/>")))
        .isEqualTo(LastActivity.of(Duration.ZERO));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "-1",
        "-0",
        "+1",
        "1.5",
        "1e3",
        "0x10",
        "nine",
        "9 3",
        "12345678901",
        "9223372036854775808",
        "18446744073709551615",
        "٣",
        "٩٠٣",
        "９",
        "903\u200f"
      })
  void parse_secondsThatAreNone_isRefused(String seconds) {
    assertThatThrownBy(
            () ->
                LastActivity.parse(
                    LiteralXml.element(
                        "<query xmlns='jabber:iq:last' seconds='" + seconds + "'/>")))
        .isInstanceOf(XmppException.class)
        .hasMessageStartingWith("An answer about last activity has seconds='")
        .hasMessageEndingWith("'; it takes 1 to 10 digits");
  }

  @Test
  void parse_noSeconds_isRefused() {
    assertThatThrownBy(
            () -> LastActivity.parse(LiteralXml.element("<query xmlns='jabber:iq:last'/>")))
        .isInstanceOf(XmppException.class);
  }

  @Test
  void parse_most_isReckonedBackFromADate() {
    LastActivity most =
        LastActivity.parse(
            LiteralXml.element("<query xmlns='jabber:iq:last' seconds='9999999999'/>"));

    assertThat(most.elapsed()).isEqualTo(LastActivity.MOST);
    assertThat(Instant.parse("2026-01-01T00:00:00Z").minus(most.elapsed()))
        .isEqualTo("1709-02-11T06:13:21Z");
  }

  @Test
  void toElement_any_isWrittenInWholeSeconds() {
    assertThat(new LastActivity(Duration.ofMillis(903_999), "a < b").toElement().toXml())
        .isEqualTo("<query xmlns='jabber:iq:last' seconds='903'>a &lt; b</query>");
    assertThat(LastActivity.of(Duration.ZERO).toElement().toXml())
        .isEqualTo("<query xmlns='jabber:iq:last' seconds='0'/>");
  }

  @Test
  void new_timeOutOfBounds_isRefused() {
    assertThatThrownBy(() -> LastActivity.of(Duration.ofNanos(-1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("elapsed is PT-0.000000001S");
    assertThatThrownBy(() -> LastActivity.of(LastActivity.MOST.plusNanos(1)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
