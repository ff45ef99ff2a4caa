package dev.bobbin.xmpp.core.internal.routing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bobbin.xmpp.api.xml.XmlElement;
import org.junit.jupiter.api.Test;

/** What a stanza is taken to keep in memory. Bounds below are what its objects take at least. */
class WeightTest {
  private static final long EMPTY = Weight.of(XmlElement.of("a", ""));
  private static final int LONG = 50_000;

  private static long beyondEmpty(XmlElement.Builder stanza) {
    return Weight.of(stanza.build()) - EMPTY;
  }

  private static XmlElement.Builder stanza() {
    return XmlElement.builder("a", "");
  }

  @Test
  void of_longString_countsItWhereverItStands() {
    String text = "n".repeat(LONG);

    assertThat(beyondEmpty(stanza().text(text))).isBetween(50_000L, 50_300L);
    assertThat(beyondEmpty(stanza().add(XmlElement.of(text, "")))).isBetween(50_000L, 50_300L);
    assertThat(beyondEmpty(stanza().add(XmlElement.of("b", text)))).isBetween(50_000L, 50_400L);
    assertThat(beyondEmpty(stanza().attribute("b", text))).isBetween(50_000L, 50_400L);
    assertThat(beyondEmpty(stanza().attribute(text, "b"))).isBetween(50_000L, 50_400L);
    assertThat(beyondEmpty(stanza().attribute(text, "b", "c"))).isBetween(50_000L, 50_400L);
  }

  @Test
  void of_oneCharacterOfAnotherScript_doublesIt() {
    String text = "x".repeat(LONG - 1) + "\u20AC";

    assertThat(beyondEmpty(stanza().text(text))).isBetween(100_000L, 100_300L);
    assertThat(beyondEmpty(stanza().text("\u00FF".repeat(LONG)))).isBetween(50_000L, 50_300L);
  }

  @Test
  void of_addresses_countsWhatIsParsedOfThem() {
    String address = "x".repeat(1000);

    assertThat(beyondEmpty(stanza().attribute("from", address))).isGreaterThan(3000);
    assertThat(beyondEmpty(stanza().attribute("to", address))).isGreaterThan(3000);
  }

  @Test
  void of_tinyElements_countsTheirObjects() {
    XmlElement.Builder stanza = stanza();
    for (int i = 0; i < 1000; i++) {
      stanza.add(XmlElement.of(new String("b"), ""));
    }

    assertThat(beyondEmpty(stanza)).isBetween(84_000L, 250_000L);
  }

  @Test
  void of_sharedNamespace_countsItOnce() {
    String shared = "u".repeat(500);
    XmlElement.Builder stanza = XmlElement.builder("a", shared);
    for (int i = 0; i < 1000; i++) {
      stanza.add(XmlElement.of("b", shared));
    }

    assertThat(beyondEmpty(stanza)).isLessThan(250_000);
    XmlElement.Builder own = stanza();
    for (int i = 0; i < 1000; i++) {
      own.add(XmlElement.of("b", "u".repeat(500)));
    }
    assertThat(beyondEmpty(own)).isGreaterThan(500_000);
  }
}
