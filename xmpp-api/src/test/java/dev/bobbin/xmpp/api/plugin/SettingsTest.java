package dev.bobbin.xmpp.api.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {
  @Test
  void text_setOrNot_isValueOrAbsent() {
    Settings settings = Settings.of("memory", Map.of("max-items", "5", "place", ""));

    assertThat(settings.text("max-items")).contains("5");
    assertThat(settings.text("place")).contains("");
    assertThat(settings.text("other")).isEmpty();
    assertThat(settings.keys()).containsExactlyInAnyOrder("max-items", "place");
    assertThat(Settings.none().keys()).isEmpty();
  }

  @Test
  void of_mapChangedLater_staysTheSame() {
    Map<String, String> map = new HashMap<>(Map.of("a", "1"));
    Settings settings = Settings.of("x", map);
    map.put("b", "2");

    assertThat(settings.keys()).containsExactly("a");
    assertThatThrownBy(() -> settings.keys().clear())
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void requireKnown_otherKey_isAnErrorThatAsksForTheNearest() {
    Settings settings = Settings.of("memory", Map.of("max-items", "5", "max-byte", "7"));

    settings.requireKnown(List.of("max-byte", "max-items", "place"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> settings.requireKnown(List.of("max-items", "max-bytes")))
        .withMessage(
            "The setting 'max-byte' of memory sets nothing; did you mean 'max-bytes'? There are:"
                + " max-items, max-bytes (docs/errors.md#bad-setting)");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Settings.of("x", Map.of("a\nb", "1")).requireKnown(List.of()))
        .withMessage(
            "The setting 'a\uFFFDb' of x sets nothing; there are: none"
                + " (docs/errors.md#bad-setting)");
  }

  @ParameterizedTest
  @CsvSource({"10, 10", "20, 20", "15, 15", "+15, 15", "015, 15"})
  void number_withinBounds_isRead(String value, long number) {
    assertThat(Settings.of("memory", Map.of("k", value)).number("k", 12, 10, 20)).isEqualTo(number);
  }

  @Test
  void number_extremes_areRead() {
    assertThat(
            Settings.of("memory", Map.of("k", "-9223372036854775808"))
                .number("k", 0, Long.MIN_VALUE, Long.MAX_VALUE))
        .isEqualTo(Long.MIN_VALUE);
  }

  @Test
  void number_absent_isTheDefaultEvenOutOfBounds() {
    assertThat(Settings.none().number("k", 12, 10, 20)).isEqualTo(12);
    assertThat(Settings.none().number("k", -1, 10, 20)).isEqualTo(-1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "9",
        "21",
        "-15",
        "",
        " 15",
        "15 ",
        "1e1",
        "15.0",
        "0xF",
        "x",
        "9223372036854775808"
      })
  void number_otherwise_namesOwnerKeyAndValue(String value) {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> Settings.of("memory", Map.of("max-items", value)).number("max-items", 1, 10, 20))
        .withMessage(
            "Setting 'max-items' of memory is '"
                + value
                + "'; it takes a whole number from 10 to 20 (docs/errors.md#bad-setting)");
  }

  @Test
  void number_longDirtyValue_isCutAndCleanedInTheMessage() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> Settings.of("m", Map.of("k", "\n" + "1".repeat(500))).number("k", 1, 1, 2))
        .withMessageStartingWith("Setting 'k' of m is '\uFFFD" + "1".repeat(99) + "...'; it takes");
  }

  @Test
  void flag_trueOrFalseOrAbsent_isRead() {
    Settings settings = Settings.of("json-file", Map.of("yes", "true", "no", "false"));
    assertThat(settings.flag("yes", false)).isTrue();
    assertThat(settings.flag("no", true)).isFalse();
    assertThat(settings.flag("other", true)).isTrue();
    assertThat(settings.flag("other", false)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "TRUE", " true", "1", "yes", "false "})
  void flag_otherwise_namesOwnerKeyAndValue(String value) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Settings.of("json-file", Map.of("k", value)).flag("k", true))
        .withMessage(
            "Setting 'k' of json-file is '"
                + value
                + "'; it takes true or false (docs/errors.md#bad-setting)");
  }

  @Test
  void toString_anyValue_doesNotShowIt() {
    assertThat(Settings.of("redis", Map.of("password", "secret")).toString())
        .doesNotContain("secret");
  }

  @Test
  void of_null_isRefused() {
    assertThatNullPointerException()
        .isThrownBy(() -> Settings.of(null, Map.of()))
        .withMessage("owner");
  }

  @Test
  void setting_of_hasADefault() {
    assertThat(Setting.of("max-items", "how many", "5"))
        .isEqualTo(new Setting("max-items", "how many", Optional.of("5")));
    assertThatNullPointerException()
        .isThrownBy(() -> new Setting(null, "d", Optional.empty()))
        .withMessage("key");
    assertThatNullPointerException()
        .isThrownBy(() -> new Setting("k", null, Optional.empty()))
        .withMessage("description");
    assertThatNullPointerException()
        .isThrownBy(() -> new Setting("k", "d", null))
        .withMessage("defaultValue");
  }

  private enum Kept {
    NONE,
    ALL_OF_IT
  }

  @Test
  void choice_wordOrAbsent_isTheConstant() {
    Settings settings = Settings.of("x", Map.of("a", "all-of-it", "b", "none"));

    assertThat(settings.choice("a", Kept.NONE)).isEqualTo(Kept.ALL_OF_IT);
    assertThat(settings.choice("b", Kept.ALL_OF_IT)).isEqualTo(Kept.NONE);
    assertThat(settings.choice("c", Kept.ALL_OF_IT)).isEqualTo(Kept.ALL_OF_IT);
  }

  @ParameterizedTest
  @CsvSource({
    "'',it takes: none",
    "some,it takes: none",
    "NONE,did you mean 'none'? It takes: none",
    "all_of_it,did you mean 'all-of-it'? It takes: none",
    "'none ',did you mean 'none'? It takes: none"
  })
  void choice_anotherWord_isAnErrorThatListsThem(String value, String takes) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Settings.of("x", Map.of("k", value)).choice("k", Kept.NONE))
        .withMessage(
            "Setting 'k' of x is '"
                + value
                + "'; "
                + takes
                + ", all-of-it (docs/errors.md#bad-setting)");
  }
}
