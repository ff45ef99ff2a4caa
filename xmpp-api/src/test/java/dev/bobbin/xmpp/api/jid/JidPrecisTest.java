package dev.bobbin.xmpp.api.jid;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import rocks.xmpp.precis.PrecisProfile;
import rocks.xmpp.precis.PrecisProfiles;

/**
 * The local part and the resource against another implementation of PRECIS. Each difference is
 * named in {@link Deviation}, and in docs/jid.md; one more or one less fails.
 */
class JidPrecisTest {
  private enum Deviation {
    /** RFC 7622 section 3.3.1 forbids eight characters that the profile itself allows. */
    FORBIDDEN_IN_LOCAL_PART,
    /** Variation selectors 17 to 256 are ignorable; the oracle looks at the BMP only. */
    SUPPLEMENTARY_VARIATION_SELECTOR,
    /** Ignorable since Unicode 14, which the oracle's table does not have. */
    MONGOLIAN_SELECTOR_FOUR
  }

  private static final int ASTRAL_STEP = 193;

  @Test
  void local_eachCodePoint_differsFromPrecisByNameOnly() {
    Map<Deviation, TreeSet<Integer>> expected = expectedAnywhere();
    expected.put(
        Deviation.FORBIDDEN_IN_LOCAL_PART,
        new TreeSet<>(
            List.of(
                0x22, 0x26, 0x27, 0x2F, 0x3A, 0x3C, 0x3E, 0x40, 0xFF02, 0xFF06, 0xFF07, 0xFF0F,
                0xFF1A, 0xFF1C, 0xFF1E, 0xFF20)));

    assertThat(deviations("", JidPrecisTest::local, PrecisProfiles.USERNAME_CASE_MAPPED))
        .isEqualTo(expected);
    assertThat(deviations("a", JidPrecisTest::local, PrecisProfiles.USERNAME_CASE_MAPPED))
        .isEqualTo(expected);
  }

  @Test
  void resource_eachCodePoint_differsFromPrecisByNameOnly() {
    assertThat(deviations("", JidPrecisTest::resource, PrecisProfiles.OPAQUE_STRING))
        .isEqualTo(expectedAnywhere());
    assertThat(deviations("a", JidPrecisTest::resource, PrecisProfiles.OPAQUE_STRING))
        .isEqualTo(expectedAnywhere());
  }

  @Test
  void local_mixedScripts_isWhatPrecisMakesOfIt() {
    String alphabet =
        "aZ09-_.!\u00DF\u00C5\u0041\u030A\u0301\u0327\u0345\u03A3\u03C2\u03C3\u0130\u0131"
            + "\u05D0\u05EA\u05B8\u05F3\u0627\u0628\u0651\u0660\u0669\u06F0\u06F9\u06FD\u0964"
            + "\u1100\u1161\u11A8\uAC00\u30AB\u3099\uFF76\uFF9E\u3007\u4E2D\u00B7\u30FB\u200C\u200D"
            + "\u0915\u094D\u0937\u13A0\uAB70\u1E9E\uFF21\uFF41\u07C0\u07CA\u2126\u212A";
    assertAgree(alphabet, 101, JidPrecisTest::local, PrecisProfiles.USERNAME_CASE_MAPPED);
  }

  @Test
  void resource_mixedScripts_isWhatPrecisMakesOfIt() {
    String alphabet =
        "aZ09@/<&\"' \u00A0\u3000\u2003\u1680\u00DF\u0041\u030A\u0301\u0327\u05D0\u0628\u0660"
            + "\u1100\uAC00\u3099\uFF76\uFF9E\u00B7\u30FB\u265A\u2163\u212A\u200D\uFE0F\u2028"
            + "\u1FEF\u037E\u2000\u0344\uE000\u0378";
    assertAgree(alphabet, 102, JidPrecisTest::resource, PrecisProfiles.OPAQUE_STRING);
  }

  private static void assertAgree(
      String alphabet, long seed, UnaryOperator<String> ours, PrecisProfile precis) {
    Random random = new Random(seed);
    int accepted = 0;
    for (int i = 0; i < 20_000; i++) {
      StringBuilder text = new StringBuilder();
      int length = 1 + random.nextInt(6);
      while (text.length() < length) {
        text.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      String mine = outcome(ours, text.toString());
      String theirs = outcome(precis::enforce, text.toString());
      if (!Objects.equals(mine, theirs)) {
        assertThat(mine).as(hex(text)).isEqualTo(theirs);
      }
      accepted += mine == null ? 0 : 1;
    }
    assertThat(accepted).as("neither nothing nor everything").isBetween(1_000, 19_000);
  }

  private static Map<Deviation, TreeSet<Integer>> expectedAnywhere() {
    Map<Deviation, TreeSet<Integer>> expected = new EnumMap<>(Deviation.class);
    TreeSet<Integer> selectors = new TreeSet<>();
    for (int c = 0xE0100; c <= 0xE01EF; c++) {
      selectors.add(c);
    }
    selectors.retainAll(swept());
    expected.put(Deviation.SUPPLEMENTARY_VARIATION_SELECTOR, selectors);
    if (Character.isDefined(0x180F)) { // Not in the tables of JDK 17: unassigned for both.
      expected.put(Deviation.MONGOLIAN_SELECTOR_FOUR, new TreeSet<>(List.of(0x180F)));
    }
    return expected;
  }

  private static Map<Deviation, TreeSet<Integer>> deviations(
      String before, UnaryOperator<String> ours, PrecisProfile precis) {
    Map<Deviation, TreeSet<Integer>> found = new EnumMap<>(Deviation.class);
    for (int c : swept()) {
      String text = before + Character.toString(c);
      String mine = outcome(ours, text);
      if (!Objects.equals(mine, outcome(precis::enforce, text))) {
        assertThat(mine).as("not laxer at U+%04X", c).isNull();
        found.computeIfAbsent(classOf(c), d -> new TreeSet<>()).add(c);
      }
    }
    return found;
  }

  private static Deviation classOf(int c) {
    if (c == 0x180F) {
      return Deviation.MONGOLIAN_SELECTOR_FOUR;
    }
    return c >= 0x10000
        ? Deviation.SUPPLEMENTARY_VARIATION_SELECTOR
        : Deviation.FORBIDDEN_IN_LOCAL_PART;
  }

  /** The whole BMP, and of the planes above it each 193rd code point. */
  private static List<Integer> swept() {
    List<Integer> swept = new ArrayList<>();
    for (int c = 0; c <= Character.MAX_CODE_POINT; c += c < 0x10000 ? 1 : ASTRAL_STEP) {
      swept.add(c);
    }
    return swept;
  }

  private static String local(String part) {
    return JidParts.local(part, part);
  }

  private static String resource(String part) {
    return JidParts.resource(part, part);
  }

  private static @Nullable String outcome(UnaryOperator<String> prepare, String text) {
    try {
      return prepare.apply(text);
    } catch (MalformedJidException | IllegalArgumentException e) {
      return null;
    }
  }

  private static String hex(CharSequence text) {
    StringBuilder hex = new StringBuilder();
    text.chars().forEach(c -> hex.append(String.format("\\u%04X", c)));
    return hex.toString();
  }
}
