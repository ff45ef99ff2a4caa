package dev.bobbin.xmpp.api.xml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Depth and volume. */
class XmlBoundsTest {
  private static final long SMALL_STACK = 256 * 1024;

  @Test
  void build_atMaxDepth_isTakenAndOneMoreIsNot() {
    XmlElement deepest = nested(XmlElement.MAX_DEPTH);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> XmlElement.builder("a", "").add(deepest).build())
        .withMessage("elements nest deeper than 256");
    assertThat(XmlElement.MAX_DEPTH).isEqualTo(256);
  }

  @Test
  void build_shallowAndDeepChildren_theDeepestCounts() {
    XmlElement.Builder builder = XmlElement.builder("a", "").add(XmlElement.of("b", ""));

    assertThat(builder.add(nested(255)).add(XmlElement.of("b", "")).build().children()).hasSize(3);
    assertThatIllegalArgumentException().isThrownBy(() -> builder.add(nested(256)).build());
  }

  @Test
  void operations_atMaxDepthOnASmallStack_complete() throws InterruptedException {
    AtomicReference<Object> outcome = new AtomicReference<>("nothing");
    Thread thread = new Thread(null, () -> outcome.set(exercise()), "small-stack", SMALL_STACK);
    thread.setUncaughtExceptionHandler((t, e) -> outcome.set(e));
    thread.start();
    thread.join();

    assertThat(outcome.get()).isEqualTo("<a>".repeat(255) + "<a/>" + "</a>".repeat(255));
  }

  private static String exercise() {
    XmlElement one = nested(XmlElement.MAX_DEPTH);
    XmlElement two = nested(XmlElement.MAX_DEPTH);
    if (!one.equals(two) || one.hashCode() != two.hashCode()) {
      throw new AssertionError("equal trees differ");
    }
    return one.toXml();
  }

  /** Ten characters each: with a copy of all text for each piece, 50 GB would be moved. */
  @Test
  @Timeout(60)
  void text_hundredThousandPieces_isOneNode() {
    XmlElement.Builder builder = XmlElement.builder("a", "");
    for (int i = 0; i < 100_000; i++) {
      builder.text("0123456789");
    }

    assertThat(builder.build().text()).hasSize(1_000_000);
  }

  /** Long common beginnings make a comparison of each pair cost what it can. */
  @Test
  @Timeout(60)
  void attribute_twentyThousand_areAllKept() {
    XmlElement.Builder builder = XmlElement.builder("a", "");
    for (int round = 0; round < 2; round++) {
      for (int i = 0; i < 20_000; i++) {
        builder.attribute("urn:" + "x".repeat(100), "n" + i, "v" + round);
      }
    }

    XmlElement element = builder.build();
    assertThat(element.attributes()).hasSize(20_000);
    assertThat(element.attributes().get(19_999).name()).isEqualTo("n19999");
    assertThat(element.attributes().get(0).value()).isEqualTo("v1");
  }

  /** "Aa" and "BB" have one hash code, and so have all their combinations. */
  @Test
  @Timeout(60)
  void attribute_collidingNames_areAllKept() {
    XmlElement.Builder builder = XmlElement.builder("a", "");
    for (int i = 0; i < 1 << 14; i++) {
      StringBuilder name = new StringBuilder();
      for (int bit = 0; bit < 14; bit++) {
        name.append((i >> bit & 1) == 0 ? "Aa" : "BB");
      }
      builder.attribute(name.toString(), "");
    }

    assertThat(builder.build().attributes()).hasSize(1 << 14);
  }

  private static XmlElement nested(int depth) {
    XmlElement element = XmlElement.of("a", "");
    for (int i = 1; i < depth; i++) {
      element = XmlElement.builder("a", "").add(element).build();
    }
    return element;
  }
}
