package dev.bobbin.xmpp.api.xml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class XmlElementTest {
  private static final XmlElement MIXED =
      XmlElement.builder("a", "n")
          .attribute("x", "1")
          .attribute("m", "x", "2")
          .text("one")
          .add(XmlElement.of("b", "n"))
          .add(XmlElement.builder("b", "m").text("inner").build())
          .text("two")
          .add(XmlElement.builder("b", "n").attribute("second", "yes").build())
          .build();

  @Test
  void is_nameAndNamespace_bothCount() {
    assertThat(MIXED.is("a", "n")).isTrue();
    assertThat(MIXED.is("a", "m")).isFalse();
    assertThat(MIXED.is("b", "n")).isFalse();
    assertThat(MIXED.name()).isEqualTo("a");
    assertThat(MIXED.namespace()).isEqualTo("n");
  }

  @Test
  void attribute_presentOrNot_isFoundByNamespaceAndName() {
    assertThat(MIXED.attribute("x")).contains("1");
    assertThat(MIXED.attribute("m", "x")).contains("2");
    assertThat(MIXED.attribute("n", "x")).isEmpty();
    assertThat(MIXED.attribute("y")).isEmpty();
    assertThat(MIXED.attributes())
        .containsExactly(new XmlAttribute("", "x", "1"), new XmlAttribute("m", "x", "2"));
  }

  @Test
  void children_mixedContent_keepTheirOrder() {
    assertThat(MIXED.children()).hasSize(3);
    assertThat(MIXED.children("b", "n")).hasSize(2);
    assertThat(MIXED.child("b", "m").orElseThrow().text()).isEqualTo("inner");
    assertThat(MIXED.child("b", "n").orElseThrow().attribute("second")).isEmpty();
    assertThat(MIXED.child("c", "n")).isEmpty();
    assertThat(MIXED.nodes()).hasSize(5).element(3).isEqualTo(new XmlText("two"));
  }

  @Test
  void text_mixedContent_isJoinedWithoutThatOfChildren() {
    assertThat(MIXED.text()).isEqualTo("onetwo");
    assertThat(XmlElement.of("a", "").text()).isEmpty();
    assertThat(XmlElement.builder("a", "").text("t").build().text()).isEqualTo("t");
  }

  @Test
  void text_inPieces_isOneNode() {
    XmlElement.Builder builder = XmlElement.builder("a", "").text("1").text("").text("2").text("3");

    assertThat(builder.build().nodes()).containsExactly(new XmlText("123"));
    assertThat(builder.text("4").build().nodes()).containsExactly(new XmlText("1234"));
    assertThat(XmlElement.builder("a", "").text("").build().nodes()).isEmpty();
  }

  @Test
  void attribute_setAgain_keepsItsPlace() {
    XmlElement element =
        XmlElement.builder("a", "")
            .attribute("x", "1")
            .attribute("y", "2")
            .attribute("x", "3")
            .build();

    assertThat(element.toXml()).isEqualTo("<a x='3' y='2'/>");
  }

  @Test
  void attribute_setToNull_isRemoved() {
    XmlElement element =
        XmlElement.builder("a", "")
            .attribute("x", "1")
            .attribute("n", "x", "2")
            .attribute("x", null)
            .attribute("y", null)
            .build();

    assertThat(element.attributes()).containsExactly(new XmlAttribute("n", "x", "2"));
  }

  @Test
  void equals_eachDifference_counts() {
    assertThat(MIXED.toBuilder().build()).isEqualTo(MIXED).hasSameHashCodeAs(MIXED);
    assertThat(XmlElement.of("a", "n")).isNotEqualTo(XmlElement.of("b", "n"));
    assertThat(XmlElement.of("a", "n")).isNotEqualTo(XmlElement.of("a", "m"));
    assertThat(XmlElement.builder("a", "").attribute("x", "1").build())
        .isNotEqualTo(XmlElement.builder("a", "").attribute("x", "2").build());
    assertThat(XmlElement.builder("a", "").attribute("x", "1").attribute("y", "1").build())
        .as("order of attributes")
        .isNotEqualTo(XmlElement.builder("a", "").attribute("y", "1").attribute("x", "1").build());
    assertThat(XmlElement.builder("a", "").text("x").build())
        .isNotEqualTo(XmlElement.builder("a", "").text("y").build());
    assertThat(MIXED).isNotEqualTo(MIXED.toBuilder().text("more").build());
    assertThat(MIXED.equals(null)).isFalse();
  }

  @Test
  void build_builderGoesOn_earlierElementStays() {
    XmlElement.Builder builder = XmlElement.builder("a", "").attribute("x", "1").text("1");
    XmlElement first = builder.build();
    XmlElement second =
        builder.attribute("x", "2").text("2").add(XmlElement.of("b", "")).text("3").build();

    assertThat(first.toXml()).isEqualTo("<a x='1'>1</a>");
    assertThat(second.toXml()).isEqualTo("<a x='2'>12<b/>3</a>");
  }

  @Test
  void toBuilder_changed_originalStays() {
    String before = MIXED.toXml();

    XmlElement more =
        MIXED.toBuilder().attribute("x", "9").attribute("m", "x", "8").text("!").build();

    assertThat(MIXED.toXml()).isEqualTo(before);
    assertThat(more.attribute("x")).contains("9");
    assertThat(more.attributes()).hasSize(2);
    assertThat(more.attribute("m", "x")).contains("8");
  }

  @Test
  void lists_ofAnElement_areUnmodifiable() {
    List<XmlAttribute> attributes = MIXED.attributes();
    List<XmlNode> nodes = MIXED.nodes();

    assertThatThrownBy(attributes::clear).isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(nodes::clear).isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void add_null_isNamed() {
    XmlElement.Builder builder = XmlElement.builder("a", "");

    assertThatNullPointerException().isThrownBy(() -> builder.add(null)).withMessage("child");
  }

  @Test
  void toString_anyContent_showsNameAndNamespaceOnly() {
    assertThat(MIXED).hasToString("<a xmlns='n'>");
    assertThat(XmlElement.builder("a", "").attribute("p", "secret").text("secret").build())
        .hasToString("<a xmlns=''>");
  }

  @Test
  void toString_hostileNamespace_isCutAndCleaned() {
    assertThat(XmlElement.of("a", "n\n" + "x".repeat(1000)))
        .hasToString("<a xmlns='n\uFFFD" + "x".repeat(98) + "...'>");
  }
}
