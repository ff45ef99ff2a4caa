package dev.bobbin.xmpp.api.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import dev.bobbin.xmpp.api.jid.Jid;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ApiScopeTest {
  private static final Jid FULL = Jid.of("a@b/c");
  private static final Jid BARE = Jid.of("a@b");

  /** The registry's table; a domain is bare, and a domain with a resource is full. */
  static Stream<Arguments> shapes() {
    return Stream.of(
        Arguments.of(ApiScope.jid(FULL, "n"), 1, "a@b/c node 'n'"),
        Arguments.of(ApiScope.jid(Jid.of("b/c"), "n"), 1, "b/c node 'n'"),
        Arguments.of(ApiScope.jid(BARE, "n"), 2, "a@b node 'n'"),
        Arguments.of(ApiScope.jid(Jid.of("b"), "n"), 2, "b node 'n'"),
        Arguments.of(ApiScope.jid(FULL), 3, "a@b/c"),
        Arguments.of(ApiScope.jid(Jid.of("b/c")), 3, "b/c"),
        Arguments.of(ApiScope.jid(BARE), 4, "a@b"),
        Arguments.of(ApiScope.jid(Jid.of("b")), 4, "b"),
        Arguments.of(ApiScope.node("n"), 5, "node 'n'"),
        Arguments.of(ApiScope.everywhere(), 6, "everywhere"));
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void level_eachShape_isThatOfTheTable(ApiScope scope, int level, String text) {
    assertThat(scope.level()).isEqualTo(level);
    assertThat(scope).hasToString(text);
  }

  @Test
  void equals_eachShape_differsFromAllOthers() {
    List<ApiScope> once = shapes().map(row -> (ApiScope) row.get()[0]).toList();
    Set<ApiScope> twice = new HashSet<>(once);
    shapes().forEach(row -> twice.add((ApiScope) row.get()[0]));

    assertThat(twice).hasSize(10);
    assertThat(ApiScope.jid(Jid.of("A@B/c"), "n")).isEqualTo(once.get(0));
    assertThat(ApiScope.node("n")).isNotEqualTo(ApiScope.node("N"));
    assertThat(ApiScope.everywhere().equals(null)).isFalse();
  }

  @Test
  void parts_eachShape_areWhatWasGiven() {
    assertThat(ApiScope.jid(FULL, "n").jid()).contains(FULL);
    assertThat(ApiScope.jid(FULL, "n").node()).contains("n");
    assertThat(ApiScope.jid(FULL).node()).isEmpty();
    assertThat(ApiScope.node("n").jid()).isEmpty();
    assertThat(ApiScope.everywhere().jid()).isEmpty();
    assertThat(ApiScope.everywhere().node()).isEmpty();
  }

  @Test
  void node_empty_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ApiScope.node(""))
        .withMessage("a node is not empty; leave it out to mean none");
    assertThatIllegalArgumentException().isThrownBy(() -> ApiScope.jid(FULL, ""));
  }

  @Test
  void factories_null_isNamed() {
    assertThatNullPointerException().isThrownBy(() -> ApiScope.node(null)).withMessage("node");
    assertThatNullPointerException().isThrownBy(() -> ApiScope.jid(null)).withMessage("jid");
    assertThatNullPointerException().isThrownBy(() -> ApiScope.jid(null, "n")).withMessage("jid");
    assertThatNullPointerException().isThrownBy(() -> ApiScope.jid(FULL, null)).withMessage("node");
  }

  @Test
  void toString_hostileNode_isCutAndCleaned() {
    assertThat(ApiScope.node("\n" + "x".repeat(200)))
        .hasToString("node '\uFFFD" + "x".repeat(99) + "...'");
  }
}
