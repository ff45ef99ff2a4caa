package dev.bobbin.xmpp.bob.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bobbin.xmpp.api.stanza.Stanza;
import dev.bobbin.xmpp.testkit.LiteralXml;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Which data a stanza carries for its receiver. */
class CarriedDataTest {
  @Test
  @DisplayName("5: several in one message or presence; only its children, nothing forwarded")
  void carriedBy_messageOrPresence_areItsChildren() {
    String content =
        "<body>x</body><data xmlns='urn:xmpp:bob' cid='1'/>"
            + "<x xmlns='jabber:x:data'><data xmlns='urn:xmpp:bob' cid='inner'/></x>"
            + "<data xmlns='urn:other' cid='other'/><data cid='other'/>"
            + "<forwarded xmlns='urn:xmpp:forward:0'><data xmlns='urn:xmpp:bob' cid='inner'/>"
            + "</forwarded><data xmlns='urn:xmpp:bob' cid='2'/>";

    assertThat(carried("<message xmlns='jabber:client'>" + content + "</message>"))
        .containsExactly("1", "2");
    assertThat(carried("<presence xmlns='jabber:client'>" + content + "</presence>"))
        .containsExactly("1", "2");
    assertThat(carried("<message xmlns='jabber:client' type='error'>" + content + "</message>"))
        .isEmpty();
    assertThat(carried("<presence xmlns='jabber:client' type='error'>" + content + "</presence>"))
        .isEmpty();
  }

  @Test
  @DisplayName("6: pushed in another IQ, it is inside that IQ's payload, to a depth of 8")
  void carriedBy_iq_areInsideItsPayload() {
    String open = "<a xmlns='x'>".repeat(7);
    String close = "</a>".repeat(7);
    String eighth = "<data xmlns='urn:xmpp:bob' cid='8'/>";
    String ninth = "<a><data xmlns='urn:xmpp:bob' cid='9'/></a>";
    String payload =
        "<q xmlns='x'><data xmlns='urn:xmpp:bob' cid='1'/>"
            + "<forwarded xmlns='urn:xmpp:forward:0'><data xmlns='urn:xmpp:bob' cid='no'/>"
            + "</forwarded>"
            + open
            + eighth
            + ninth
            + close
            + "</q>";

    assertThat(carried("<iq xmlns='jabber:client' type='result'>" + payload + "</iq>"))
        .containsExactly("1", "8");
    assertThat(carried("<iq xmlns='jabber:client' type='set'>" + payload + "</iq>"))
        .containsExactly("1", "8");
    assertThat(carried("<iq xmlns='jabber:client' type='error'>" + payload + "<error/></iq>"))
        .isEmpty();
    assertThat(
            carried(
                "<iq xmlns='jabber:client' type='set'><data xmlns='urn:xmpp:bob' cid='1'/></iq>"))
        .isEmpty();
  }

  private static List<String> carried(String stanza) {
    return DataElement.carriedBy(Stanza.parse(LiteralXml.element(stanza))).stream()
        .map(data -> data.attribute("cid").orElseThrow())
        .toList();
  }
}
