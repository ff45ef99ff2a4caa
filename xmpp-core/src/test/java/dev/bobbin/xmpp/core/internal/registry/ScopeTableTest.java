package dev.bobbin.xmpp.core.internal.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bobbin.xmpp.api.registry.ApiScope;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ScopeTableTest {
  /** Two texts of one hash, as any two of these joined are. */
  private static final String[] COLLIDING = {"Aa", "BB"};

  @Test
  void with_randomChanges_agreesWithAMap() {
    Random random = new Random(231);
    ScopeTable<Integer> table = ScopeTable.empty();
    Map<ApiScope, Integer> model = new HashMap<>();
    for (int i = 0; i < 20_000; i++) {
      // First it mostly grows, then it mostly shrinks.
      boolean adds = random.nextInt(10) < (i < 10_000 ? 8 : 2);
      ApiScope scope = ApiScope.node("n" + random.nextInt(3_000));
      table = table.with(scope, adds ? i : null);
      if (adds) {
        model.put(scope, i);
      } else {
        model.remove(scope);
      }
      assertThat(table.size()).isEqualTo(model.size());
    }

    for (int n = 0; n < 3_000; n++) {
      ApiScope scope = ApiScope.node("n" + n);
      assertThat(table.get(scope)).isEqualTo(model.get(scope));
    }
    assertThat(model).isNotEmpty();
  }

  @Test
  void with_sameHash_keepsThemApart() {
    ScopeTable<String> table = ScopeTable.empty();
    for (int i = 0; i < 64; i++) {
      table = table.with(colliding(i), "value " + i);
    }
    table = table.with(colliding(7), null).with(colliding(8), "changed");

    assertThat(colliding(7)).hasSameHashCodeAs(colliding(8));
    assertThat(table.size()).isEqualTo(63);
    assertThat(table.get(colliding(6))).isEqualTo("value 6");
    assertThat(table.get(colliding(7))).isNull();
    assertThat(table.get(colliding(8))).isEqualTo("changed");
  }

  private static ApiScope colliding(int number) {
    StringBuilder node = new StringBuilder();
    for (int bit = 0; bit < 6; bit++) {
      node.append(COLLIDING[(number >> bit) & 1]);
    }
    return ApiScope.node(node.toString());
  }

  @Test
  void with_change_leavesTheOriginalAlone() {
    ApiScope scope = ApiScope.node("n");
    ScopeTable<String> before = ScopeTable.<String>empty().with(scope, "before");

    before.with(scope, "after");
    before.with(scope, null);

    assertThat(before.get(scope)).isEqualTo("before");
    assertThat(before.size()).isEqualTo(1);
  }

  @Test
  void with_nullForAbsentScope_staysEmpty() {
    assertThat(ScopeTable.empty().with(ApiScope.everywhere(), null).size()).isZero();
  }

  @Test
  void map_someToNull_keepsTheRest() {
    ScopeTable<Integer> table = ScopeTable.empty();
    for (int i = 0; i < 1_000; i++) {
      table = table.with(ApiScope.node("n" + i), i);
    }

    ScopeTable<Integer> mapped = table.map(i -> i % 100 == 0 ? -i : null);

    assertThat(mapped.size()).isEqualTo(10);
    assertThat(mapped.get(ApiScope.node("n500"))).isEqualTo(-500);
    assertThat(mapped.get(ApiScope.node("n501"))).isNull();
    assertThat(table.size()).isEqualTo(1_000);
  }
}
