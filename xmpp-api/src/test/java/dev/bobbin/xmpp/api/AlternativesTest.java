package dev.bobbin.xmpp.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AlternativesTest {
  private static final List<String> STORES = List.of("json-file", "memory");

  @ParameterizedTest
  @CsvSource({
    "jsonfile, json-file",
    "json_file, json-file",
    "json-flie, json-file",
    "JSON-File, json-file",
    "memry, memory",
    "memoryy, memory",
    "mmeory, memory",
    "meomyr, memory",
  })
  void to_nearName_asksForIt(String slip, String meant) {
    assertThat(Alternatives.to(slip, "found", STORES))
        .isEqualTo("; did you mean '" + meant + "'? Found: json-file, memory");
  }

  @ParameterizedTest
  @CsvSource({"redis", "mem", "''", "file", "memories"})
  void to_noNearName_onlyLists(String other) {
    assertThat(Alternatives.to(other, "there are", STORES))
        .isEqualTo("; there are: json-file, memory");
  }

  @ParameterizedTest
  @ValueSource(strings = {"xep0231", "xep_231", "xep_0213", "xep_2031", "xep_00231"})
  void to_digitsSwappedOrZerosMissing_areSlips(String slip) {
    assertThat(Alternatives.to(slip, "found", List.of("xep_0030", "xep_0231")))
        .startsWith("; did you mean 'xep_0231'? ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"xep_0232", "xep_0023", "xep_02311", "xep_0000"})
  void to_otherDigits_areNoSlips(String other) {
    assertThat(Alternatives.to(other, "found", List.of("xep_0030", "xep_0231")))
        .isEqualTo("; found: xep_0030, xep_0231");
  }

  @Test
  void to_severalNear_asksForTheNearest() {
    assertThat(
            Alternatives.to("max-byte", "it has", List.of("min-bytes", "max-bytes", "max-bites")))
        .startsWith("; did you mean 'max-bytes'? It has: min-bytes, ");
  }

  @Test
  void to_nothingKnown_saysSo() {
    assertThat(Alternatives.to("memory", "found", List.of())).isEqualTo("; found: none");
  }

  @Test
  void to_veryLongName_isNotCompared() {
    String endless = "x".repeat(1_000_000);

    assertThat(Alternatives.to(endless, "found", List.of(endless + "y", "x")))
        .startsWith("; found: x");
  }
}
