package dev.bobbin.xmpp.core.internal.registry;

import static dev.bobbin.xmpp.core.internal.registry.Subject.BARE;
import static dev.bobbin.xmpp.core.internal.registry.Subject.FULL;
import static dev.bobbin.xmpp.core.internal.registry.Subject.OTHER_BARE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bobbin.xmpp.api.registry.ApiHandler;
import dev.bobbin.xmpp.api.registry.ApiScope;
import dev.bobbin.xmpp.api.registry.ApiTarget;
import dev.bobbin.xmpp.api.registry.NoHandlerException;
import dev.bobbin.xmpp.api.registry.Registration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Registrations on one scope, and taking them away. */
class StackingTest {
  private static final ApiTarget TARGET = ApiTarget.of(FULL).withNode("n");

  private final Subject subject = new Subject();

  static Stream<ApiScope> scopes() {
    return Stream.of(
        ApiScope.jid(FULL, "n"),
        ApiScope.jid(BARE, "n"),
        ApiScope.jid(FULL),
        ApiScope.jid(BARE),
        ApiScope.node("n"),
        ApiScope.everywhere());
  }

  @ParameterizedTest
  @MethodSource("scopes")
  void register_scopeTaken_latestServes(ApiScope scope) {
    subject.register(scope, "first");
    subject.register(scope, "second");

    assertThat(subject.answer(TARGET)).isEqualTo("second");
  }

  /** The digits are the registrations 1 to 4 in the order of closing, and who serves after each. */
  @ParameterizedTest(name = "closing {0}: {1}")
  @CsvSource({
    "1234, 444d", "1243, 443d", "1324, 444d", "1342, 442d", "1423, 433d", "1432, 432d",
    "2134, 444d", "2143, 443d", "2314, 444d", "2341, 441d", "2413, 433d", "2431, 431d",
    "3124, 444d", "3142, 442d", "3214, 444d", "3241, 441d", "3412, 422d", "3421, 421d",
    "4123, 333d", "4132, 332d", "4213, 333d", "4231, 331d", "4312, 322d", "4321, 321d",
  })
  void close_anyOrderOfFour_bringsBackWhatWasCovered(String order, String expected) {
    for (ApiScope scope : scopes().toList()) {
      Subject fresh = new Subject();
      fresh.registerDefault("d");
      List<Registration> registrations = new ArrayList<>();
      for (int i = 1; i <= 4; i++) {
        registrations.add(fresh.register(scope, Integer.toString(i)));
      }
      StringBuilder served = new StringBuilder();
      for (char closed : order.toCharArray()) {
        registrations.get(closed - '1').close();
        served.append(fresh.answer(TARGET));
      }

      assertThat(served).as("on %s", scope).hasToString(expected);
    }
  }

  @Test
  void close_oneInTheMiddle_restPassesOnInOrder() {
    subject.registerDefault("default");
    subject.registry.register(subject.method, ApiScope.everywhere(), Subject.wrapping("1"));
    Registration second =
        subject.registry.register(subject.method, ApiScope.everywhere(), Subject.wrapping("2"));
    subject.registry.register(subject.method, ApiScope.everywhere(), Subject.wrapping("3"));
    assertThat(subject.answer(TARGET)).isEqualTo("3(2(1(default)))");

    second.close();

    assertThat(subject.answer(TARGET)).isEqualTo("3(1(default))");
  }

  @Test
  void close_twice_takesNothingElseAway() {
    subject.register(ApiScope.everywhere(), "first");
    Registration second = subject.register(ApiScope.everywhere(), "second");

    second.close();
    second.close();

    assertThat(subject.answer(TARGET)).isEqualTo("first");
  }

  @Test
  void close_sameHandlerRegisteredTwice_closesOnlyItsOwn() {
    ApiHandler<String, String> handler = Subject.answering("same");
    Registration first = subject.registry.register(subject.method, ApiScope.everywhere(), handler);
    subject.registry.register(subject.method, ApiScope.everywhere(), handler);

    first.close();
    first.close();

    assertThat(subject.explained(TARGET)).containsExactly("6 everywhere");
  }

  @Test
  void close_theOnlyRegistration_leavesNoHandler() {
    subject.register(ApiScope.jid(BARE), "only").close();

    assertThat(subject.failure(TARGET)).isInstanceOf(NoHandlerException.class);
  }

  @ParameterizedTest
  @MethodSource("scopes")
  void unregister_scopeWithSeveral_closesAllOfItAndNothingElse(ApiScope scope) {
    subject.registerDefault("default");
    scopes().forEach(s -> subject.register(s, s.toString()));
    subject.register(scope, "another");
    subject.register(ApiScope.jid(OTHER_BARE), "untouched");

    subject.registry.unregister(subject.method, scope);

    List<String> left =
        new ArrayList<>(
            List.of(
                "1 romeo@montague.example/orchard node 'n'",
                "2 romeo@montague.example node 'n'",
                "3 romeo@montague.example/orchard",
                "4 romeo@montague.example",
                "5 node 'n'",
                "6 everywhere",
                "7 default"));
    left.remove(scope.level() - 1);
    assertThat(subject.explained(TARGET)).isEqualTo(left);
    assertThat(subject.answer(ApiTarget.of(OTHER_BARE))).isEqualTo("untouched");
  }

  @Test
  void unregister_nothingThere_isNoError() {
    subject.registry.unregister(subject.method, ApiScope.everywhere());
    subject.registerDefault("default");
    subject.registry.unregister(subject.method, ApiScope.everywhere());
    subject.registry.unregister(subject.method, ApiScope.jid(FULL, "n"));

    assertThat(subject.answer(TARGET)).isEqualTo("default");
  }

  @Test
  void unregister_restoredDefault_closesItToo() {
    subject.registerDefault("default");
    subject.register(ApiScope.everywhere(), "everywhere");
    subject.registry.restoreDefault(subject.method, ApiScope.jid(BARE));
    assertThat(subject.answer(TARGET)).isEqualTo("default");

    subject.registry.unregister(subject.method, ApiScope.jid(BARE));

    assertThat(subject.answer(TARGET)).isEqualTo("everywhere");
  }

  @Test
  void close_afterUnregister_missesTheNewerRegistration() {
    ApiHandler<String, String> handler = Subject.answering("same");
    Registration old = subject.registry.register(subject.method, ApiScope.jid(FULL), handler);
    subject.registry.unregister(subject.method, ApiScope.jid(FULL));
    subject.registry.register(subject.method, ApiScope.jid(FULL), handler);

    old.close();

    assertThat(subject.answer(TARGET)).isEqualTo("same");
  }

  @Test
  void registerDefault_second_namesMethodAndFirstRegistrant() {
    subject.registry.ownedBy("xep_0231").registerDefault(subject.method, Subject.answering("a"));

    assertThatThrownBy(() -> subject.registerDefault("b"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "xep_0231.get_bob has a default already, from plugin xep_0231; it has one at most:"
                + " close that one first, or register a handler above it");
    assertThat(subject.answer(TARGET)).isEqualTo("a");
  }

  @Test
  void registerDefault_firstClosed_takesItsPlace() {
    Registration first = subject.registerDefault("first");
    first.close();
    subject.registerDefault("second");
    first.close();

    assertThat(subject.answer(TARGET)).isEqualTo("second");
  }
}
