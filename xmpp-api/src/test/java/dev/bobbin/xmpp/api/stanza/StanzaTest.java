package dev.bobbin.xmpp.api.stanza;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.bobbin.xmpp.api.xml.Stax;
import dev.bobbin.xmpp.api.xml.XmlElement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StanzaTest {
  @Test
  void parse_eachStanza_isOfItsClass() {
    assertThat(parse("<iq xmlns='jabber:client' type='get' id='1'/>")).isInstanceOf(Iq.class);
    assertThat(parse("<message xmlns='jabber:client'/>")).isInstanceOf(Message.class);
    assertThat(parse("<presence xmlns='jabber:client'/>")).isInstanceOf(Presence.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<iq xmlns='jabber:server' type='get'/>",
        "<iq type='get'/>",
        "<Iq xmlns='jabber:client' type='get'/>",
        "<features xmlns='http://etherx.jabber.org/streams'/>"
      })
  void parse_noStanza_isRefused(String xml) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> parse(xml))
        .withMessage(Stax.read(xml) + " is no stanza");
  }

  @Test
  void parse_anyStanza_keepsTheElement() {
    XmlElement element =
        Stax.read(
            "<message xmlns='jabber:client' xml:lang='de' id='1' to='A@b' dunno='1'>"
                + "<body>x</body> <y xmlns='z'/></message>");
    Stanza stanza = Stanza.parse(element);

    assertThat(stanza.element()).isSameAs(element);
    assertThat(stanza.children()).hasSize(2);
    assertThat(stanza.id()).contains("1");
    assertThat(stanza.to().orElseThrow()).hasToString("a@b");
  }

  private static Stanza parse(String xml) {
    return Stanza.parse(Stax.read(xml));
  }
}
