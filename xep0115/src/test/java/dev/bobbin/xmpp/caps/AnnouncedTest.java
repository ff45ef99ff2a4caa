package dev.bobbin.xmpp.caps;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bobbin.xmpp.api.stanza.Presence;
import dev.bobbin.xmpp.testkit.LiteralXml;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What presence says of capabilities (XEP-0115 section 4). */
class AnnouncedTest {
  private static final String CAPS = "xmlns='http://jabber.org/protocol/caps'";

  private static Presence presence(String child) {
    return Presence.parse(
        LiteralXml.element("<presence xmlns='jabber:client'>" + child + "</presence>"));
  }

  @Test
  void in_complete_isReadAndWritten() {
    String c = "<c " + CAPS + " hash='sha-1' node='http://psi-im.org' ver='q07=' ext='x'/>";
    Announced announced = Announced.in(presence("<show>away</show>" + c)).orElseThrow();

    assertThat(announced)
        .isEqualTo(new Announced(new Announced.Fingerprint("sha-1", "q07="), "http://psi-im.org"));
    assertThat(announced.discoNode()).isEqualTo("http://psi-im.org#q07=");
    assertThat(announced.toElement().toXml())
        .isEqualTo("<c " + CAPS + " hash='sha-1' node='http://psi-im.org' ver='q07='/>");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "<c/>",
        "<c xmlns='urn:other' hash='sha-1' node='n' ver='v'/>",
        "<c xmlns='http://jabber.org/protocol/caps' node='n' ver='0.9' ext='legacy'/>",
        "<c xmlns='http://jabber.org/protocol/caps' hash='' node='n' ver='v'/>",
        "<c xmlns='http://jabber.org/protocol/caps' hash='sha-1' ver='v'/>",
        "<c xmlns='http://jabber.org/protocol/caps' hash='sha-1' node='n' ver=''/>"
      })
  void in_absentLegacyOrIncomplete_isEmpty(String child) {
    assertThat(Announced.in(presence(child))).isEmpty();
  }

  @Test
  void in_overlong_isEmpty() {
    String most = "<c %s hash='sha-1' node='%s' ver='v'/>";

    assertThat(Announced.in(presence(most.formatted(CAPS, "n".repeat(256))))).isPresent();
    assertThat(Announced.in(presence(most.formatted(CAPS, "n".repeat(257))))).isEmpty();
  }
}
