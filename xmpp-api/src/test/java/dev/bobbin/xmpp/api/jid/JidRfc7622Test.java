package dev.bobbin.xmpp.api.jid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The examples of <a href="https://www.rfc-editor.org/rfc/rfc7622#section-3.5">RFC 7622</a>. */
class JidRfc7622Test {
  static Stream<Arguments> valid() {
    return Stream.of(
        Arguments.of("juliet@example.com", "juliet", "example.com", null),
        Arguments.of("juliet@example.com/foo", "juliet", "example.com", "foo"),
        Arguments.of("juliet@example.com/foo bar", "juliet", "example.com", "foo bar"),
        Arguments.of("juliet@example.com/foo@bar", "juliet", "example.com", "foo@bar"),
        Arguments.of("foo\\20bar@example.com", "foo\\20bar", "example.com", null),
        Arguments.of("fussball@example.com", "fussball", "example.com", null),
        Arguments.of("fu\u00DFball@example.com", "fu\u00DFball", "example.com", null),
        Arguments.of("\u03C0@example.com", "\u03C0", "example.com", null),
        Arguments.of("\u03A3@example.com/foo", "\u03C3", "example.com", "foo"),
        Arguments.of("\u03C3@example.com/foo", "\u03C3", "example.com", "foo"),
        Arguments.of("\u03C2@example.com/foo", "\u03C2", "example.com", "foo"),
        Arguments.of("king@example.com/\u265A", "king", "example.com", "\u265A"),
        Arguments.of("example.com", null, "example.com", null),
        Arguments.of("example.com/foobar", null, "example.com", "foobar"),
        Arguments.of("a.example.com/b@example.net", null, "a.example.com", "b@example.net"));
  }

  @ParameterizedTest
  @MethodSource("valid")
  void of_validExample_givesItsParts(String text, String local, String domain, String resource) {
    Jid jid = Jid.of(text);

    assertThat(jid.local().orElse(null)).isEqualTo(local);
    assertThat(jid.domain()).isEqualTo(domain);
    assertThat(jid.resource().orElse(null)).isEqualTo(resource);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"juliet\"@example.com",
        "foo bar@example.com",
        "@example.com/",
        "henry\u2163@example.com",
        "\u265A@example.com",
        "juliet@",
        "/foobar"
      })
  void of_invalidExample_isRefused(String text) {
    assertThatExceptionOfType(MalformedJidException.class).isThrownBy(() -> Jid.of(text));
  }

  /** The table lists it as invalid; erratum 4560 takes that back, as OpaqueString allows it. */
  @Test
  void of_spaceAtBeginningOfResource_isKept() {
    assertThat(Jid.of("juliet@example.com/ foo").resource()).contains(" foo");
  }

  @Test
  void equals_sharpSAndDoubleS_differ() {
    assertThat(Jid.of("fu\u00DFball@example.com")).isNotEqualTo(Jid.of("fussball@example.com"));
  }

  @Test
  void equals_threeSigmas_finalOneDiffers() {
    assertThat(Jid.of("\u03A3@example.com/foo")).isEqualTo(Jid.of("\u03C3@example.com/foo"));
    assertThat(Jid.of("\u03C2@example.com/foo")).isNotEqualTo(Jid.of("\u03C3@example.com/foo"));
  }
}
