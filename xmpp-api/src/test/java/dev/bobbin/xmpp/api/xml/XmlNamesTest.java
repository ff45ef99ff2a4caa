package dev.bobbin.xmpp.api.xml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** XML 1.0 sections 2.2 and 2.3. */
class XmlNamesTest {
  @ParameterizedTest
  @ValueSource(
      chars = {
        0x0000, 0x0001, 0x0008, 0x000B, 0x000C, 0x000E, 0x001F, 0xD800, 0xDBFF, 0xDC00, 0xDFFF,
        0xFFFE, 0xFFFF
      })
  void text_illegalCharacter_isRefusedEverywhere(char bad) {
    String text = "ab" + bad + "c";
    String message = String.format("U+%04X at index 2 cannot stand in XML 1.0", (int) bad);

    assertRefused(() -> new XmlText(text), message);
    assertRefused(() -> XmlElement.builder("a", "").text(text), message);
    assertRefused(() -> XmlElement.builder("a", "").text("x").text(text), message);
    assertRefused(() -> XmlElement.builder("a", "").text("x").text("y").text(text), message);
    assertRefused(() -> XmlElement.builder("a", "").add("b", text), message);
    assertRefused(() -> XmlElement.builder("a", "").attribute("x", text), message);
    assertRefused(() -> XmlElement.builder("a", "").attribute(text, "x", ""), message);
    assertRefused(() -> XmlElement.of("a", text), message);
    assertRefused(() -> new XmlText("ab" + bad), message);
  }

  @Test
  void text_surrogatesTheWrongWayRound_areRefused() {
    assertRefused(() -> new XmlText("\uDE00\uD83D"), "U+DE00 at index 0 cannot stand in XML 1.0");
    assertRefused(
        () -> new XmlText("\uD83D\uD83D\uDE00"), "U+D83D at index 0 cannot stand in XML 1.0");
  }

  @Test
  void text_refusedPiece_leavesTheBuilderAsItWas() {
    XmlElement.Builder builder = XmlElement.builder("a", "").text("x").text("y");
    assertThatIllegalArgumentException().isThrownBy(() -> builder.text("\u0000"));

    assertThat(builder.build().text()).isEqualTo("xy");
  }

  /** One at each edge of what section 2.2 allows. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "\t",
        "\n",
        "\r",
        " ",
        "\u007F",
        "\u0085",
        "\uD7FF",
        "\uE000",
        "\uFFFD",
        "\uD800\uDC00",
        "\uD83F\uDFFE",
        "\uDBFF\uDFFF"
      })
  void text_legalCharacter_isTaken(String text) {
    assertThat(new XmlText(text).value()).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", ":", "a:b", "1a", "-a", ".a", " a", "a b", "a\nb", "a>", "a/", "a'", "<", "\u00B7a",
        "\u0301a", "\u00D7", "\u00F7", "\u037E", "\u2000", "\u3000", "\uD800", "a\uDC00", "\uE000",
        "\uFFFE"
      })
  void name_illegal_isRefused(String name) {
    assertThatIllegalArgumentException().isThrownBy(() -> XmlElement.of(name, ""));
    assertThatIllegalArgumentException().isThrownBy(() -> new XmlAttribute("", name, ""));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> XmlElement.builder("a", "").attribute(name, ""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"a", "_", "Z9", "a-b.c_d", "a\u00B7", "a\u0301", "\u00C0", "\u4E2D", "\u05D0"})
  void name_legal_isReadByAParser(String name) {
    XmlElement element = XmlElement.builder(name, "").attribute(name, "v").build();

    assertThat(Stax.read("<" + name + " " + name + "='v'/>")).isEqualTo(element);
  }

  /** What the fifth edition of XML 1.0 added; the JDK's parser still follows the fourth. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "\u037F",
        "\u200C",
        "\u200D",
        "\u2070",
        "\u3001",
        "\uFFFD",
        "a\u203F",
        "a\u2040",
        "\uD800\uDC00",
        "\uDB7F\uDFFF"
      })
  void name_legalSinceTheFifthEdition_isTaken(String name) {
    assertThat(XmlElement.of(name, "").name()).isEqualTo(name);
  }

  @Test
  void name_longAndDirty_isCutAndCleanedInTheMessage() {
    assertRefused(
        () -> XmlElement.of("a\n\u202E", ""), "'a\uFFFD\uFFFD' is no XML name without a colon");
    assertRefused(
        () -> XmlElement.of(" ".repeat(101), ""),
        "'" + " ".repeat(100) + "...' is no XML name without a colon");
  }

  @Test
  void namespace_ofDeclarations_isRefused() {
    String xmlns = "http://www.w3.org/2000/xmlns/";

    assertRefused(
        () -> new XmlAttribute("", "xmlns", "n"),
        "'xmlns' declares a namespace and is no attribute");
    assertRefused(
        () -> new XmlAttribute(xmlns, "a", "n"), xmlns + " is kept for namespace declarations");
    assertRefused(() -> XmlElement.of("a", xmlns), xmlns + " is kept for namespace declarations");
  }

  private static void assertRefused(
      org.assertj.core.api.ThrowableAssert.ThrowingCallable call, String message) {
    assertThatIllegalArgumentException().isThrownBy(call).withMessage(message);
  }
}
