package dev.bobbin.xmpp.caps;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BoundedMapTest {
  private final BoundedMap<String, Integer> map = new BoundedMap<>(10);

  @Test
  void put_moreThanFits_pushesOutWhatWasNotUsedForLongest() {
    map.put("a", 1, 4);
    map.put("b", 2, 4);
    assertThat(map.get("a")).isEqualTo(1);
    map.put("c", 3, 4);

    assertThat(map.get("b")).isNull();
    assertThat(map.get("a")).isEqualTo(1);
    assertThat(map.get("c")).isEqualTo(3);
  }

  @Test
  void put_heavierThanAll_keepsTheOthers() {
    map.put("a", 1, 4);
    map.put("b", 2, 4);
    map.put("b", 3, 11);

    assertThat(map.get("b")).isNull();
    assertThat(map.get("a")).isEqualTo(1);
  }

  @Test
  void put_again_countsOnce() {
    for (int i = 0; i < 100; i++) {
      map.put("a", i, 6);
    }
    map.put("b", 1, 4);
    assertThat(map.size()).isEqualTo(2);
    map.clear();
    map.put("c", 1, 10);
    assertThat(map.remove("c")).isEqualTo(1);
    assertThat(map.remove("c")).isNull();
    map.put("d", 1, 10);
    assertThat(map.size()).isEqualTo(1);
  }
}
