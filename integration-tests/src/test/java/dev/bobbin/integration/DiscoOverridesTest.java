package dev.bobbin.integration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bobbin.xmpp.api.jid.Jid;
import dev.bobbin.xmpp.api.registry.ApiHandler;
import dev.bobbin.xmpp.api.registry.ApiMethod;
import dev.bobbin.xmpp.api.registry.ApiScope;
import dev.bobbin.xmpp.api.registry.ApiTarget;
import dev.bobbin.xmpp.api.registry.Registration;
import dev.bobbin.xmpp.api.registry.Resolved;
import dev.bobbin.xmpp.disco.DiscoItem;
import dev.bobbin.xmpp.disco.DiscoMethods;
import dev.bobbin.xmpp.disco.DiscoQuery;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Which of several handlers answers a peer, for both of discovery's methods. */
class DiscoOverridesTest extends DiscoStage {
  private static final List<ApiScope> FROM_SIX_TO_ONE =
      List.of(
          ApiScope.everywhere(),
          ApiScope.node("n"),
          ApiScope.jid(ROMEO.bare()),
          ApiScope.jid(ROMEO),
          ApiScope.jid(ROMEO.bare(), "n"),
          ApiScope.jid(ROMEO, "n"));

  /**
   * One of the two methods: a handler that answers with a label, the query about a node (empty for
   * none), and what stands in the answer for a label.
   */
  private record Kind<T>(
      ApiMethod<DiscoQuery, Optional<T>> method,
      Function<String, ApiHandler<DiscoQuery, Optional<T>>> handler,
      BinaryOperator<String> query,
      String content) {
    String content(String label) {
      return content.formatted(label);
    }

    @Override
    public String toString() {
      return method.toString();
    }
  }

  static Stream<Kind<?>> kinds() {
    return Stream.of(
        new Kind<>(
            DiscoMethods.GET_INFO,
            DiscoStage::dynamicInfo,
            (node, content) -> node.isEmpty() ? info(content) : info(node, content),
            "<identity category='client' type='console' name='%s'/>"),
        new Kind<>(
            DiscoMethods.GET_ITEMS,
            DiscoStage::dynamicItems,
            (node, content) -> node.isEmpty() ? items(content) : items(node, content),
            "<item jid='romeo@example.org/orchard' node='foo' name='%s'/>"));
  }

  private <T> Registration register(Kind<T> kind, ApiScope scope, String label) {
    return api().register(kind.method(), scope, kind.handler().apply(label));
  }

  private void assertSaid(Kind<?> kind, String node, String label) {
    assertAnswer(kind.query().apply(node, ""), kind.query().apply(node, kind.content(label)));
  }

  private void setDefaultOfN() {
    disco(romeo).addNode("n", identity("console", "7"), List.of(new DiscoItem(ROMEO, "foo", "7")));
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void register_onEachLevel_theMostSpecificServes(Kind<?> kind) {
    setDefaultOfN();
    Deque<Registration> registered = new ArrayDeque<>();
    assertSaid(kind, "n", "7");
    for (ApiScope scope : FROM_SIX_TO_ONE) {
      String level = Integer.toString(scope.level());
      registered.push(register(kind, scope, level));
      assertSaid(kind, "n", level);
    }
    assertThat(api().explain(kind.method(), ApiTarget.of(ROMEO).withNode("n")))
        .extracting(Resolved::level)
        .containsExactly(1, 2, 3, 4, 5, 6, 7);

    for (String level : List.of("1", "2", "3", "4", "5", "6")) {
      assertSaid(kind, "n", level);
      registered.pop().close();
    }
    assertSaid(kind, "n", "7");
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void register_onEachLevel_anotherNodeAndNoneAreServedByThoseWithoutNode(Kind<?> kind) {
    Deque<Registration> registered = new ArrayDeque<>();
    for (ApiScope scope : FROM_SIX_TO_ONE) {
      registered.push(register(kind, scope, Integer.toString(scope.level())));
    }

    for (String level : List.of("3", "3", "3", "4", "6", "6")) {
      assertSaid(kind, "m", level);
      assertSaid(kind, "", level);
      registered.pop().close();
    }
    assertRefused(kind.query().apply("m", ""), "item-not-found");
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void register_forOtherJids_servesNobodyHere(Kind<?> kind) {
    setDefaultOfN();
    for (Jid other : List.of(Jid.of("romeo@example.org/mantua"), JULIET, JULIET.bare())) {
      register(kind, ApiScope.jid(other), "other");
      register(kind, ApiScope.jid(other, "n"), "other");
    }
    register(kind, ApiScope.jid(ROMEO, "m"), "other");
    register(kind, ApiScope.node("N"), "other");

    assertSaid(kind, "n", "7");
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void close_inTheMiddleOfAScope_bringsBackWhatItCovered(Kind<?> kind) {
    register(kind, ApiScope.node("n"), "first");
    Registration second = register(kind, ApiScope.node("n"), "second");
    Registration third = register(kind, ApiScope.node("n"), "third");
    second.close();
    assertSaid(kind, "n", "third");
    third.close();
    assertSaid(kind, "n", "first");
    api().unregister(kind.method(), ApiScope.node("n"));
    assertRefused(kind.query().apply("n", ""), "item-not-found");
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void restoreDefault_forAJidAndNode_isItemNotFoundWhereNothingWasSet(Kind<?> kind) {
    register(kind, ApiScope.everywhere(), "global");
    Registration restored = api().restoreDefault(kind.method(), ApiScope.jid(ROMEO, "n"));

    assertRefused(kind.query().apply("n", ""), "item-not-found");
    assertSaid(kind, "", "global");
    restored.close();
    assertSaid(kind, "n", "global");
  }

  @Test
  void register_anyHandler_isToldJidNodeAndPeer() {
    BlockingQueue<String> calls = new LinkedBlockingQueue<>();
    api()
        .register(
            DiscoMethods.GET_ITEMS,
            ApiScope.everywhere(),
            ApiHandler.blocking(
                call -> {
                  calls.add(
                      call.jid().orElseThrow()
                          + " "
                          + call.node().orElse("-")
                          + " "
                          + call.from().orElseThrow()
                          + " "
                          + call.args().node());
                  return Optional.of(List.of());
                }));

    assertAnswer(items("n", ""), items("n", ""));
    assertAnswer(items(""), items(""));
    assertThat(calls)
        .containsExactly(
            "romeo@example.org/orchard n juliet@example.org/balcony n",
            "romeo@example.org/orchard - juliet@example.org/balcony null");
  }
}
