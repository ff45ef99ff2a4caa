package dev.bobbin.xmpp.api.xml;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** Generated trees, written by us and read by the JDK's parser. */
class XmlRoundTripTest {
  private static final String[] NAMESPACES = {
    "", "jabber:client", "urn:a", "urn:b'\"<>&\t\n\r", XmlAttribute.XML_NAMESPACE
  };
  private static final String[] NAMES = {"a", "b", "_c", "d-e.f", "\u00E9", "\u4E2D"};
  private static final String[] PIECES = {
    "x",
    " ",
    "\t",
    "\n",
    "\r",
    "\r\n",
    "&",
    "<",
    ">",
    "]]>",
    "'",
    "\"",
    "&amp;",
    "\u0085",
    "\u2028",
    "\u00E9",
    "\u200B",
    "\uFFFD",
    "\uD83D\uDE00",
    "\uDBFF\uDFFF",
    "<!--",
    "?>",
    "&#0;"
  };

  @Test
  void toXml_generatedTree_readsBackTheSame() {
    Random random = new Random(6120);
    int deepest = 0;
    for (int i = 0; i < 2_000; i++) {
      XmlElement element = tree(random, 5);
      XmlElement read = Stax.read(element.toXml());
      assertThat(read).as("%s", element.toXml()).isEqualTo(element).hasSameHashCodeAs(element);
      assertThat(read.toXml()).isEqualTo(element.toXml());
      assertThat(Stax.read("<o xmlns='urn:a'>" + element.toXml("urn:a") + "</o>").children())
          .containsExactly(element);
      deepest = Math.max(deepest, depth(element));
    }
    assertThat(deepest).isEqualTo(5);
  }

  private static XmlElement tree(Random random, int levels) {
    XmlElement.Builder builder = XmlElement.builder(pick(NAMES, random), pick(NAMESPACES, random));
    int attributes = random.nextInt(4);
    for (int i = 0; i < attributes; i++) {
      builder.attribute(pick(NAMESPACES, random), pick(NAMES, random), text(random));
    }
    int nodes = random.nextInt(4);
    for (int i = 0; i < nodes; i++) {
      if (levels > 1 && random.nextBoolean()) {
        builder.add(tree(random, levels - 1));
      } else {
        builder.text(text(random));
      }
    }
    return builder.build();
  }

  private static String text(Random random) {
    StringBuilder text = new StringBuilder();
    int pieces = random.nextInt(5);
    for (int i = 0; i < pieces; i++) {
      text.append(pick(PIECES, random));
    }
    return text.toString();
  }

  private static String pick(String[] choices, Random random) {
    return choices[random.nextInt(choices.length)];
  }

  private static int depth(XmlElement element) {
    return 1 + element.children().stream().mapToInt(XmlRoundTripTest::depth).max().orElse(0);
  }
}
