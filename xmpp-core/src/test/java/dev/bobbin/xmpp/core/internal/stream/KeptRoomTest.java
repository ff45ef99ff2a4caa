package dev.bobbin.xmpp.core.internal.stream;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is left of the room that a large element needed, once it has ended. */
@Timeout(30)
class KeptRoomTest {
  private static final int LARGE = 60_000;
  private static final StreamLimits LIMITS = StreamLimits.LOGGED_IN;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<LONG/>",
        "<LONG></LONG>",
        "<LONG:a xmlns:LONG='u'/>",
        "<message LONG=''/>",
        "<message a='LONG'/>",
        "<message>LONG</message>",
        "<message><![CDATA[LONG]]></message>",
        "<message>&#00LONG0065;</message>"
      })
  void accept_largeElementHasEnded_keepsLittleRoom(String shape) throws Exception {
    XmlTokenizer tokens = new XmlTokenizer(LIMITS, new ElementAssembler(LIMITS, "jabber:client"));
    String filling = (shape.contains("#") ? "0" : "n").repeat(LARGE);
    feed(tokens, Feed.HEADER + "<message a='x'>text</message>");
    feed(tokens, shape.replace("LONG", filling));

    assertThat(tokens.isBetweenElements()).isTrue();
    assertThat(tokens.capacity()).isLessThan(3 * CharacterBuffer.KEPT_CAPACITY);
  }

  @ParameterizedTest
  @ValueSource(strings = {"<message>&", "<message a='&"})
  void accept_longEntity_isNotCollected(String before) throws Exception {
    XmlTokenizer tokens = new XmlTokenizer(LIMITS, new ElementAssembler(LIMITS, "jabber:client"));
    feed(tokens, Feed.HEADER + before + "e".repeat(LARGE));

    assertThat(tokens.capacity()).isLessThan(3 * CharacterBuffer.KEPT_CAPACITY);
  }

  private static void feed(XmlTokenizer tokens, String xml) throws StreamViolation {
    for (int i = 0; i < xml.length(); i++) {
      tokens.accept(xml.charAt(i));
    }
  }
}
