package dev.bobbin.xmpp.api.jid;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What was accepted once is accepted again, and means the same. */
class JidIdempotenceTest {
  private static final String LIKELY =
      "aAzZ019-_.~!#$%*+=?^`{|}()[]\\;, "
          + "\u00E9\u00C9\u0065\u0301\u0327\u00DF\u1E9E\u0130\u0131\u03A3\u03C2\u03C3\u0345\u1F82"
          + "\u05D0\u05D1\u05B8\u0627\u0661\u06F1\uFF21\uFF41\uFF11\uFF76\uFF9E\u30AB\u3099\u3002"
          + "\uFF0E\u4E2D\uAC00\u1100\u1161\u2126\u212A\u212B\u2163\uFB01\u00A0\u3000\u13A0\uAB70"
          + "\u10A0\u2D00\u1C90\u10D0\uA64A\u2C2F\u0958\uFB1D\u2F80\uF900\u2000\u1FEF\u0340";

  @Test
  void of_textOfAnAcceptedJid_isThatJid() {
    Random random = new Random(7622);
    int accepted = 0;
    for (int i = 0; i < 40_000; i++) {
      StringBuilder text = new StringBuilder();
      if (random.nextInt(4) != 0) {
        append(text, random).append('@');
      }
      append(text, random);
      if (random.nextBoolean()) {
        append(text.append('/'), random);
      }
      accepted += check(parsed(text.toString())) ? 1 : 0;
    }
    assertThat(accepted).isGreaterThan(7_000);
  }

  @Test
  void of_eachCodePointOfTheBmp_isStable() {
    int accepted = 0;
    for (int c = 0; c < 0x10000; c++) {
      accepted += check(parsed("a" + (char) c + "@b")) ? 1 : 0;
      accepted += check(parsed("a" + (char) c + ".b")) ? 1 : 0;
      accepted += check(parsed("b/" + (char) c)) ? 1 : 0;
    }
    assertThat(accepted).isGreaterThan(100_000);
  }

  @Test
  void of_punycodeLabels_isStableOrRefused() {
    Random random = new Random(3492);
    String letters = "abcdefghijklmnopqrstuvwxyz0123456789-";
    int decoded = 0;
    for (int i = 0; i < 20_000; i++) {
      StringBuilder label = new StringBuilder("xn--");
      int length = random.nextInt(12);
      for (int j = 0; j < length; j++) {
        label.append(letters.charAt(random.nextInt(letters.length())));
      }
      Jid jid = parsed(label.append(".example").toString());
      check(jid);
      decoded += jid != null && !jid.domain().startsWith("xn--") ? 1 : 0;
    }
    assertThat(decoded).isGreaterThan(100);
  }

  @Test
  void local_ascii_isWhatTheSlowPathMakesOfIt() {
    Random random = new Random(8265);
    for (int i = 0; i < 20_000; i++) {
      StringBuilder text = new StringBuilder();
      int length = 1 + random.nextInt(12);
      while (text.length() < length) {
        char c = (char) random.nextInt(0x80);
        text.append("\"&'/:<>@".indexOf(c) < 0 && random.nextInt(20) != 0 ? lettered(c) : c);
      }
      String slow = slow(text.toString());
      Jid fast = fast(text.toString());
      assertThat(fast == null ? null : fast.local().orElseThrow()).as("%s", text).isEqualTo(slow);
    }
  }

  private static char lettered(char c) {
    return c <= ' ' || c == 0x7F ? 'X' : c;
  }

  private static @Nullable Jid fast(String local) {
    try {
      return Jid.of(local, "b", null);
    } catch (MalformedJidException e) {
      return null;
    }
  }

  private static @Nullable String slow(String local) {
    try {
      String prepared = JidParts.usernameCaseMapped(local, local);
      return prepared.chars().anyMatch(c -> "\"&'/:<>@".indexOf(c) >= 0) ? null : prepared;
    } catch (MalformedJidException e) {
      return null;
    }
  }

  private static StringBuilder append(StringBuilder text, Random random) {
    int length = 1 + random.nextInt(5);
    for (int i = 0; i < length; i++) {
      switch (random.nextInt(8)) {
        case 0 -> text.append((char) random.nextInt(0x10000));
        case 1, 2, 3 -> text.append(LIKELY.charAt(random.nextInt(LIKELY.length())));
        default -> text.append((char) ('a' + random.nextInt(26)));
      }
    }
    return text;
  }

  private static @Nullable Jid parsed(String text) {
    try {
      return Jid.of(text);
    } catch (MalformedJidException e) {
      return null;
    }
  }

  private static boolean check(@Nullable Jid jid) {
    if (jid == null) {
      return false;
    }
    Jid again = parsed(jid.toString());
    Jid ofParts = Jid.of(jid.local().orElse(null), jid.domain(), jid.resource().orElse(null));
    if (!jid.equals(again) || again.hashCode() != jid.hashCode() || !jid.equals(ofParts)) {
      assertThat(again).isEqualTo(jid).hasSameHashCodeAs(jid).isEqualTo(ofParts);
    }
    return true;
  }
}
