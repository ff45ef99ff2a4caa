package dev.bobbin.xmpp.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bobbin.xmpp.api.jid.Jid;
import dev.bobbin.xmpp.api.stanza.Iq;
import dev.bobbin.xmpp.api.stanza.Message;
import dev.bobbin.xmpp.api.stanza.Presence;
import dev.bobbin.xmpp.api.xml.XmlAttribute;
import dev.bobbin.xmpp.api.xml.XmlElement;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LiteralXmlTest {
  @Test
  void element_nestedWithPrefixesAndEntities_isReadAsItMeans() {
    XmlElement read =
        LiteralXml.element(
            "<a:q xmlns:a='urn:a' xmlns='urn:b' z='1 &amp; 2' xml:lang='de' a:n='&#228;'>"
                + " x<b>&lt;<![CDATA[>&]]></b><c xmlns=''/></a:q>");

    assertThat(read)
        .isEqualTo(
            XmlElement.builder("q", "urn:a")
                .attribute("z", "1 & 2")
                .attribute(XmlAttribute.XML_NAMESPACE, "lang", "de")
                .attribute("urn:a", "n", "\u00E4")
                .text(" x")
                .add(XmlElement.builder("b", "urn:b").text("<>&").build())
                .add(XmlElement.of("c", ""))
                .build());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "text",
        "<a>",
        "<a/><b/>",
        "<a/>text",
        "<!-- c --><a/>",
        "<a><!-- c --></a>",
        "<a/><!-- c -->",
        "<a><?p i?></a>",
        "<!DOCTYPE a [<!ENTITY e 'x'>]><a>&e;</a>",
        "<a>&e;</a>",
        "<p:a/>",
        "<a b='1' b='2'/>"
      })
  void element_noneOrMoreThanAnElement_isRefusedWithTheLiteral(String literal) {
    assertThatThrownBy(() -> LiteralXml.element(literal))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("The literal cannot be read: ")
        .hasMessageEndingWith(": " + literal);
  }

  @Test
  void iqMessagePresence_stanzasOfAClient_areRead() {
    Iq iq = LiteralXml.iq("<iq xmlns='jabber:client' type='get' id='1' to='a@b'/>");
    Message message =
        LiteralXml.message("<message xmlns='jabber:client' from='a@b'><body>hi</body></message>");
    Presence presence = LiteralXml.presence("<presence xmlns='jabber:client' type='unavailable'/>");

    assertThat(iq.type()).isEqualTo(Iq.Type.GET);
    assertThat(iq.to()).contains(Jid.of("a@b"));
    assertThat(message.body()).isEqualTo(Optional.of("hi"));
    assertThat(presence.type()).isEqualTo(Presence.Type.UNAVAILABLE);
  }

  @Test
  void iq_withoutItsNamespace_isRefused() {
    assertThatThrownBy(() -> LiteralXml.iq("<iq type='get'/>"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("<iq xmlns=''> is no iq");
  }

  @Test
  void text_otherOrderOfAttributesOrPrefixes_isTheSame() {
    assertThat(LiteralXml.text("<a:q xmlns:a='urn:a' c='2' b='1'><a:d/></a:q>"))
        .isEqualTo(LiteralXml.text("<q b=\"1\" c=\"2\" xmlns=\"urn:a\"><d></d></q>"))
        .isEqualTo("<q xmlns='urn:a' b='1' c='2'><d/></q>");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<q xmlns='urn:b' b='1'><d/>x</q>",
        "<q xmlns='urn:a' b='2'><d/>x</q>",
        "<q xmlns='urn:a'><d/>x</q>",
        "<q xmlns='urn:a' xmlns:a='urn:a' a:b='1'><d/>x</q>",
        "<q xmlns='urn:a' b='1'>x<d/></q>",
        "<q xmlns='urn:a' b='1'><d xmlns=''/>x</q>",
        "<q xmlns='urn:a' b='1'><d/>x </q>",
        "<q xmlns='urn:a' b='1'><d/><d/>x</q>",
        "<q xmlns='urn:a' b='1'><d>x</d></q>",
        "<r xmlns='urn:a' b='1'><d/>x</r>"
      })
  void text_somethingElse_differs(String other) {
    assertThat(LiteralXml.text(other))
        .isNotEqualTo(LiteralXml.text("<q xmlns='urn:a' b='1'><d/>x</q>"));
  }

  @Test
  void text_charactersThatMeanSomething_cannotBeTakenForMarkup() {
    assertThat(LiteralXml.text("<q b='&apos;&lt;&amp;&quot;'>&lt;d/&gt;&amp;lt;</q>"))
        .isEqualTo("<q b='&apos;&lt;&amp;\"'>&lt;d/&gt;&amp;lt;</q>");
  }

  @Test
  void text_attributeInANamespace_namesItInBraces() {
    assertThat(LiteralXml.text("<q xml:lang='de' xmlns:x='urn:x' x:a='1'/>"))
        .isEqualTo("<q {http://www.w3.org/XML/1998/namespace}lang='de' {urn:x}a='1'/>");
  }
}
