package dev.bobbin.xmpp.core.internal.registry;

import static dev.bobbin.xmpp.core.internal.registry.Subject.BARE;
import static dev.bobbin.xmpp.core.internal.registry.Subject.FULL;
import static dev.bobbin.xmpp.core.internal.registry.Subject.OTHER_BARE;
import static dev.bobbin.xmpp.core.internal.registry.Subject.OTHER_FULL;
import static dev.bobbin.xmpp.core.internal.registry.Subject.OTHER_RESOURCE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bobbin.xmpp.api.registry.ApiScope;
import dev.bobbin.xmpp.api.registry.ApiTarget;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Who serves which call; the tables are the specification, cell by cell. */
class DispatchTest {
  /** For one registration: x where it serves the call about the column's target. */
  private static final String SERVED_BY_ONE =
      """
                             | none | n | m | bare | bare+n | bare+m | full | full+n | full+m
      everywhere             |  x   | x | x |  x   |   x    |   x    |  x   |   x    |   x
      n                      |  -   | x | - |  -   |   x    |   -    |  -   |   x    |   -
      m                      |  -   | - | x |  -   |   -    |   x    |  -   |   -    |   x
      bare                   |  -   | - | - |  x   |   x    |   x    |  x   |   x    |   x
      bare+n                 |  -   | - | - |  -   |   x    |   -    |  -   |   x    |   -
      bare+m                 |  -   | - | - |  -   |   -    |   x    |  -   |   -    |   x
      full                   |  -   | - | - |  -   |   -    |   -    |  x   |   x    |   x
      full+n                 |  -   | - | - |  -   |   -    |   -    |  -   |   x    |   -
      full+m                 |  -   | - | - |  -   |   -    |   -    |  -   |   -    |   x
      other resource         |  -   | - | - |  -   |   -    |   -    |  -   |   -    |   -
      other resource+n       |  -   | - | - |  -   |   -    |   -    |  -   |   -    |   -
      other bare             |  -   | - | - |  -   |   -    |   -    |  -   |   -    |   -
      other bare+n           |  -   | - | - |  -   |   -    |   -    |  -   |   -    |   -
      other full             |  -   | - | - |  -   |   -    |   -    |  -   |   -    |   -
      other full+n           |  -   | - | - |  -   |   -    |   -    |  -   |   -    |   -
      """;

  private static final List<String> ALL_SCOPES =
      List.of(
          "everywhere",
          "n",
          "m",
          "bare",
          "bare+n",
          "bare+m",
          "full",
          "full+n",
          "full+m",
          "other resource",
          "other resource+n",
          "other bare",
          "other bare+n",
          "other full",
          "other full+n");

  private final Subject subject = new Subject();

  static Stream<Arguments> cells() {
    List<String> lines = SERVED_BY_ONE.lines().toList();
    List<String> targets = columns(lines.get(0));
    List<Arguments> cells = new ArrayList<>();
    for (String line : lines.subList(1, lines.size())) {
      List<String> row = columns(line);
      for (int i = 1; i < row.size(); i++) {
        cells.add(Arguments.of(row.get(0), targets.get(i), row.get(i).equals("x")));
      }
    }
    assertThat(cells).hasSize(15 * 9);
    return cells.stream();
  }

  private static List<String> columns(String line) {
    return Stream.of(line.split("\\|")).map(String::strip).toList();
  }

  @ParameterizedTest(name = "registered for {0}, called about {1}: {2}")
  @MethodSource("cells")
  void call_oneRegistration_servedByItOrDefault(String scope, String target, boolean serves) {
    subject.registerDefault("default");
    subject.register(scope(scope), "handler");

    assertThat(subject.answer(target(target))).isEqualTo(serves ? "handler" : "default");
  }

  @ParameterizedTest(name = "about {0}: {1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          none   | everywhere default
          n      | n everywhere default
          m      | m everywhere default
          bare   | bare everywhere default
          bare+n | bare+n bare n everywhere default
          bare+m | bare+m bare m everywhere default
          full   | full bare everywhere default
          full+n | full+n bare+n full bare n everywhere default
          full+m | full+m bare+m full bare m everywhere default
          """)
  void call_allScopesRegistered_reachesThemInThisOrder(String target, String expected) {
    for (int seed = 0; seed < 5; seed++) {
      Subject fresh = new Subject();
      List<String> order = new ArrayList<>(ALL_SCOPES);
      Collections.shuffle(order, new Random(seed));
      List<String> reached = new ArrayList<>();
      for (String name : order) {
        fresh.registry.register(
            fresh.method,
            scope(name),
            call -> {
              reached.add(name);
              return call.proceed(call.args());
            });
      }
      fresh.registry.registerDefault(
          fresh.method,
          call -> {
            reached.add("default");
            return call.proceed(call.args());
          });

      fresh.call(target(target));

      assertThat(String.join(" ", reached)).isEqualTo(expected);
    }
  }

  @Test
  void call_level1_servedByFullJidAndNode() {
    assertThat(servedFromLevel("full+n", "bare+n", "full", "bare", "n", "everywhere"))
        .isEqualTo("full+n");
  }

  @Test
  void call_level2_servedByBareJidAndNode() {
    assertThat(servedFromLevel("bare+n", "full", "bare", "n", "everywhere")).isEqualTo("bare+n");
  }

  @Test
  void call_level3_servedByFullJid() {
    assertThat(servedFromLevel("full", "bare", "n", "everywhere")).isEqualTo("full");
  }

  @Test
  void call_level4_servedByBareJid() {
    assertThat(servedFromLevel("bare", "n", "everywhere")).isEqualTo("bare");
  }

  @Test
  void call_level5_servedByNode() {
    assertThat(servedFromLevel("n", "everywhere")).isEqualTo("n");
  }

  @Test
  void call_level6_servedEverywhere() {
    assertThat(servedFromLevel("everywhere")).isEqualTo("everywhere");
  }

  @Test
  void call_level7_servedByDefault() {
    assertThat(servedFromLevel()).isEqualTo("default");
  }

  private String servedFromLevel(String... scopes) {
    subject.registerDefault("default");
    for (String scope : scopes) {
      subject.register(scope(scope), scope);
    }
    return subject.answer(target("full+n"));
  }

  @ParameterizedTest(name = "{0} before {1} for {2}")
  @CsvSource({
    "full+n, bare+n, full+n",
    "full+n, full, full+n",
    "full+n, bare, full+n",
    "full+n, n, full+n",
    "full+n, everywhere, full+n",
    "bare+n, full, full+n",
    "bare+n, bare, full+n",
    "bare+n, n, full+n",
    "bare+n, everywhere, full+n",
    "full, bare, full+n",
    "full, n, full+n",
    "full, everywhere, full+n",
    "bare, n, full+n",
    "bare, everywhere, full+n",
    "n, everywhere, full+n",
    "bare+n, bare, bare+n",
    "bare+n, n, bare+n",
    "bare+n, everywhere, bare+n",
    "bare, n, bare+n",
    "bare, everywhere, bare+n",
    "n, everywhere, bare+n",
    "full, bare, full",
    "full, everywhere, full",
    "bare, everywhere, full",
    "bare, everywhere, bare",
    "n, everywhere, n",
  })
  void call_twoScopesCover_servedByTheMoreSpecific(String more, String less, String target) {
    subject.register(scope(more), "more");
    subject.register(scope(less), "less");
    Subject reversed = new Subject();
    reversed.register(scope(less), "less");
    reversed.register(scope(more), "more");

    assertThat(subject.answer(target(target))).isEqualTo("more");
    assertThat(reversed.answer(target(target))).isEqualTo("more");
  }

  @Test
  void call_targetHasFrom_servedAsWithout() {
    subject.register(ApiScope.jid(BARE), "bare");
    subject.register(ApiScope.jid(OTHER_FULL), "the sender's");

    assertThat(subject.answer(ApiTarget.of(FULL).withFrom(OTHER_FULL))).isEqualTo("bare");
  }

  @Test
  void call_otherMethodOfSameName_isAnotherMethod() {
    Subject twin = new Subject();
    subject.register(ApiScope.everywhere(), "handler");

    assertThat(subject.registry.call(twin.method, ApiTarget.none(), "args"))
        .isCompletedExceptionally();
  }

  private static ApiScope scope(String name) {
    return switch (name) {
      case "everywhere" -> ApiScope.everywhere();
      case "n" -> ApiScope.node("n");
      case "m" -> ApiScope.node("m");
      case "bare" -> ApiScope.jid(BARE);
      case "bare+n" -> ApiScope.jid(BARE, "n");
      case "bare+m" -> ApiScope.jid(BARE, "m");
      case "full" -> ApiScope.jid(FULL);
      case "full+n" -> ApiScope.jid(FULL, "n");
      case "full+m" -> ApiScope.jid(FULL, "m");
      case "other resource" -> ApiScope.jid(OTHER_RESOURCE);
      case "other resource+n" -> ApiScope.jid(OTHER_RESOURCE, "n");
      case "other bare" -> ApiScope.jid(OTHER_BARE);
      case "other bare+n" -> ApiScope.jid(OTHER_BARE, "n");
      case "other full" -> ApiScope.jid(OTHER_FULL);
      case "other full+n" -> ApiScope.jid(OTHER_FULL, "n");
      default -> throw new IllegalArgumentException(name);
    };
  }

  private static ApiTarget target(String name) {
    return switch (name) {
      case "none" -> ApiTarget.none();
      case "n" -> ApiTarget.none().withNode("n");
      case "m" -> ApiTarget.none().withNode("m");
      case "bare" -> ApiTarget.of(BARE);
      case "bare+n" -> ApiTarget.of(BARE).withNode("n");
      case "bare+m" -> ApiTarget.of(BARE).withNode("m");
      case "full" -> ApiTarget.of(FULL);
      case "full+n" -> ApiTarget.of(FULL).withNode("n");
      case "full+m" -> ApiTarget.of(FULL).withNode("m");
      default -> throw new IllegalArgumentException(name);
    };
  }
}
