package dev.bobbin.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bobbin.xmpp.api.XmppException;
import dev.bobbin.xmpp.api.jid.Jid;
import dev.bobbin.xmpp.api.xml.XmlElement;
import dev.bobbin.xmpp.disco.DiscoInfo;
import dev.bobbin.xmpp.disco.DiscoItem;
import dev.bobbin.xmpp.disco.Identity;
import dev.bobbin.xmpp.testkit.LiteralXml;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What we ask others, and what we make of any answer. */
class DiscoAskingTest extends DiscoStage {
  /** Answers in Romeo's place, who is not asked. */
  private void answer(String payload) {
    answer("", payload);
  }

  private void answer(String attributes, String payload) {
    wire.rule(stanza -> List.of(Wire.resultTo(stanza, attributes, payload)));
  }

  private void assertAsked(String question) {
    assertThat(wire.iqs("get"))
        .extracting(LiteralXml::text)
        .containsExactly(
            LiteralXml.text(
                "<iq xmlns='jabber:client' type='get' to='romeo@example.org/orchard' id='ID'"
                    + " from='juliet@example.org/balcony'>"
                    + question
                    + "</iq>"));
  }

  private DiscoInfo infoFrom(String content) {
    answer(info(content));
    return disco(juliet).info(ROMEO).join();
  }

  @Test
  void info_ofANode_asksForItAndReadsTheAnswer() {
    answer(info("foo", "<identity category='client' type='bot'/><feature var='urn:xmpp:ping'/>"));

    DiscoInfo info = disco(juliet).info(ROMEO, "foo").join();

    assertAsked(info("foo", ""));
    assertThat(info.identities()).containsExactly(new Identity("client", "bot", null));
    assertThat(info.features()).containsExactly("urn:xmpp:ping");
    assertThat(info.extensions()).isEmpty();
  }

  @Test
  void info_withoutNode_asksForTheEntity() {
    answer(info("<feature var='urn:xmpp:ping'/>"));

    assertThat(disco(juliet).info(ROMEO).join().supports("urn:xmpp:ping")).isTrue();
    assertAsked(info(""));
  }

  @Test
  void items_ofANode_asksForItAndReadsTheAnswer() {
    answer(
        items(
            "foo",
            "<item jid='user@localhost' node='bar' name='Test'/>"
                + "<item jid='user@localhost' node='baz' name='Test 2'/>"));

    assertThat(disco(juliet).items(ROMEO, "foo").join())
        .containsExactly(
            new DiscoItem(Jid.of("user@localhost"), "bar", "Test"),
            new DiscoItem(Jid.of("user@localhost"), "baz", "Test 2"));
    assertAsked(items("foo", ""));
  }

  @Test
  void items_withoutNode_asksForTheEntity() {
    answer(
        items(
            "<item jid='a@b'/><item jid='a@b' node=''/><item jid='a@b' name='again'/>"
                + "<item jid='a@b/c' node='n' action='remove'/>"));

    assertThat(disco(juliet).items(ROMEO, null).join())
        .containsExactly(
            new DiscoItem(Jid.of("a@b"), null, null),
            new DiscoItem(Jid.of("a@b"), null, null),
            new DiscoItem(Jid.of("a@b"), null, "again"),
            new DiscoItem(Jid.of("a@b/c"), "n", null));
    assertAsked(items(""));
  }

  @Test
  void items_inPages_areThoseOfTheFirst() {
    answer(
        items(
            "<item jid='a@b'/><set xmlns='http://jabber.org/protocol/rsm'><last>a@b</last>"
                + "<count>2</count></set>"));

    assertThat(disco(juliet).items(ROMEO, null).join())
        .containsExactly(new DiscoItem(Jid.of("a@b"), null, null));
  }

  @Test
  void info_sameIdentityInSeveralLanguages_areSeveral() {
    assertThat(
            infoFrom(
                    "<identity category='client' type='pc' xml:lang='en' name='Psi'/>"
                        + "<identity category='client' type='pc' xml:lang='el' name='Ψ'/>"
                        + "<identity category='client' type='pc' xml:lang='' name='psi'/>"
                        + "<identity category='client' type='pc' lang='de' name='psi'/>")
                .identities())
        .containsExactly(
            new Identity("client", "pc", "Psi", "en"),
            new Identity("client", "pc", "Ψ", "el"),
            new Identity("client", "pc", "psi"),
            new Identity("client", "pc", "psi"));
  }

  /** Servers add the language of the sender's stream to what they pass on. */
  @Test
  void info_languageAroundAnIdentity_isNotTheIdentitys() {
    answer(
        " xml:lang='de'",
        "<query xmlns='" + INFO + "' xml:lang='fr'><identity category='a' type='b'/></query>");

    assertThat(disco(juliet).info(ROMEO).join().identities())
        .containsExactly(new Identity("a", "b", null, null));
  }

  @Test
  void info_partsInAnyOrderAndNested_areReadWhereTheyBelong() {
    DiscoInfo info =
        infoFrom(
            "<x xmlns='jabber:x:data' type='result'><feature xmlns='"
                + INFO
                + "' var='urn:inside'/><identity xmlns='"
                + INFO
                + "' category='in' type='side'/></x><feature var='urn:b'><feature var='urn:c'/>"
                + "</feature><query><feature var='urn:d'/></query><x xmlns='urn:other'/>"
                + "<identity category='a' type='b'/><feature var='urn:a'/><feature var='urn:b'/>");

    assertThat(info.features()).containsExactly("urn:b", "urn:a");
    assertThat(info.identities()).containsExactly(new Identity("a", "b", null));
    assertThat(info.extensions()).hasSize(1);
    assertThat(info.extensions().get(0).is("x", "jabber:x:data")).isTrue();
  }

  @Test
  void info_forms_areFoundByTheirType() {
    String first = typed("urn:a", "<field var='os'><value>Mac</value></field>");
    String notHidden =
        "<x xmlns='jabber:x:data' type='result'><field var='FORM_TYPE'><value>urn:b</value></field>"
            + "</x>";
    DiscoInfo info = infoFrom(first + notHidden + typed("urn:c", "") + typed("urn:a", ""));

    assertThat(info.extensions()).hasSize(4);
    assertThat(info.form("urn:a")).map(XmlElement::toXml).contains(first);
    assertThat(info.form("urn:b")).isEmpty();
    assertThat(info.form("urn:c")).isPresent();
  }

  private static String typed(String type, String content) {
    return "<x xmlns='jabber:x:data' type='result'><field var='FORM_TYPE' type='hidden'><value>"
        + type
        + "</value></field>"
        + content
        + "</x>";
  }

  /** What bounds an answer is the stanza that it comes in. */
  @Test
  void info_asMuchAsAStanzaHolds_isReadWhole() {
    StringBuilder content = new StringBuilder();
    for (int i = 0; i < 500; i++) {
      content.append("<identity category='c%d' type='t'/><feature var='urn:%d'/>".formatted(i, i));
    }
    DiscoInfo info = infoFrom(content + typed("urn:a", "").repeat(50));

    assertThat(info.identities())
        .containsExactlyElementsOf(
            IntStream.range(0, 500).mapToObj(i -> new Identity("c" + i, "t", null)).toList());
    assertThat(info.features())
        .containsExactlyElementsOf(IntStream.range(0, 500).mapToObj(i -> "urn:" + i).toList());
    assertThat(info.extensions()).hasSize(50);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "<query xmlns='http://jabber.org/protocol/disco#items'/>",
        "<query/>",
        "<answer xmlns='http://jabber.org/protocol/disco#info'/>"
      })
  void info_answerWithoutQuery_fails(String payload) {
    answer(payload);

    assertThatThrownBy(() -> disco(juliet).info(ROMEO).join())
        .hasRootCauseInstanceOf(XmppException.class)
        .hasRootCauseMessage(
            "'romeo@example.org/orchard' answered service discovery without <query"
                + " xmlns='http://jabber.org/protocol/disco#info'/>, which says nothing about it"
                + " (docs/errors.md#malformed-answer)");
  }
}
