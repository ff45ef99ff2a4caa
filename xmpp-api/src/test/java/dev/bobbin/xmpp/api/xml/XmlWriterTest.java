package dev.bobbin.xmpp.api.xml;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The text form, compared with literal XML, which the JDK's parser reads back. */
class XmlWriterTest {
  private static final String XML = XmlAttribute.XML_NAMESPACE;

  static Stream<Arguments> written() {
    return Stream.of(
        Arguments.of(XmlElement.of("a", ""), "<a/>"),
        Arguments.of(XmlElement.of("a", "n"), "<a xmlns='n'/>"),
        Arguments.of(text("plain"), "<a>plain</a>"),
        Arguments.of(text("<&>\"'"), "<a>&lt;&amp;&gt;\"'</a>"),
        Arguments.of(text("]]>"), "<a>]]&gt;</a>"),
        Arguments.of(text("<![CDATA[x]]>"), "<a>&lt;![CDATA[x]]&gt;</a>"),
        Arguments.of(text("&lt;"), "<a>&amp;lt;</a>"),
        Arguments.of(text(" a\tb\nc\r\nd\r "), "<a> a\tb\nc&#13;\nd&#13; </a>"),
        Arguments.of(
            text("\u00E9\u2028\u0085\uD83D\uDE00"), "<a>\u00E9\u2028\u0085\uD83D\uDE00</a>"),
        Arguments.of(value("<&>\"'"), "<a v='&lt;&amp;&gt;\"&apos;'/>"),
        Arguments.of(value(" a\tb\nc\rd "), "<a v=' a&#9;b&#10;c&#13;d '/>"),
        Arguments.of(value(""), "<a v=''/>"),
        Arguments.of(
            XmlElement.builder("a", "").attribute("z", "1").attribute("b", "2").build(),
            "<a z='1' b='2'/>"),
        Arguments.of(
            XmlElement.builder("a", "n").add(XmlElement.of("b", "n")).build(),
            "<a xmlns='n'><b/></a>"),
        Arguments.of(
            XmlElement.builder("a", "n").add(XmlElement.of("b", "m")).build(),
            "<a xmlns='n'><b xmlns='m'/></a>"),
        Arguments.of(
            XmlElement.builder("a", "n").add(XmlElement.of("b", "")).build(),
            "<a xmlns='n'><b xmlns=''/></a>"),
        Arguments.of(
            XmlElement.builder("a", "n")
                .add(
                    XmlElement.builder("b", "m")
                        .add(XmlElement.of("c", "n"))
                        .add(XmlElement.of("d", "m"))
                        .build())
                .add(XmlElement.of("e", "n"))
                .build(),
            "<a xmlns='n'><b xmlns='m'><c xmlns='n'/><d/></b><e/></a>"),
        Arguments.of(XmlElement.of("a", "n'<&\n"), "<a xmlns='n&apos;&lt;&amp;&#10;'/>"),
        Arguments.of(
            XmlElement.builder("a", "").attribute(XML, "lang", "de").build(), "<a xml:lang='de'/>"),
        Arguments.of(
            XmlElement.builder("a", "n").attribute("m", "b", "1").build(),
            "<a xmlns='n' xmlns:a1='m' a1:b='1'/>"),
        Arguments.of(
            XmlElement.builder("a", "n").attribute("n", "b", "1").attribute("b", "2").build(),
            "<a xmlns='n' xmlns:a1='n' a1:b='1' b='2'/>"),
        Arguments.of(
            XmlElement.builder("a", "")
                .attribute("m", "b", "1")
                .attribute("o", "b", "2")
                .add(XmlElement.builder("c", "").attribute("p", "b", "3").build())
                .build(),
            "<a xmlns:a1='m' a1:b='1' xmlns:a2='o' a2:b='2'><c xmlns:a1='p' a1:b='3'/></a>"),
        Arguments.of(
            XmlElement.builder("a", "n")
                .add(XmlElement.builder("b", XML).add(XmlElement.of("c", "n")).text("t").build())
                .build(),
            "<a xmlns='n'><xml:b><c/>t</xml:b></a>"),
        Arguments.of(
            XmlElement.builder("a", "")
                .text("1")
                .add(XmlElement.of("b", ""))
                .text("2")
                .add("c", "3")
                .build(),
            "<a>1<b/>2<c>3</c></a>"));
  }

  @ParameterizedTest
  @MethodSource("written")
  void toXml_element_isLiterally(XmlElement element, String xml) {
    assertThat(element.toXml()).isEqualTo(xml);
  }

  @ParameterizedTest
  @MethodSource("written")
  void toXml_element_readsBackTheSame(XmlElement element, String xml) {
    assertThat(Stax.read(xml)).isEqualTo(element);
  }

  @Test
  void toXml_inheritedNamespace_isNotDeclaredAgain() {
    XmlElement message = XmlElement.builder("message", "jabber:client").add("body", "hi").build();

    assertThat(message.toXml("jabber:client")).isEqualTo("<message><body>hi</body></message>");
    assertThat(message.toXml("other"))
        .isEqualTo("<message xmlns='jabber:client'><body>hi</body></message>");
    assertThat(XmlElement.of("a", "").toXml("other")).isEqualTo("<a xmlns=''/>");
    assertThat(XmlElement.of("a", "").toXml("")).isEqualTo("<a/>");
  }

  private static XmlElement text(String text) {
    return XmlElement.builder("a", "").text(text).build();
  }

  private static XmlElement value(String value) {
    return XmlElement.builder("a", "").attribute("v", value).build();
  }
}
