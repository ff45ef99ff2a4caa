package dev.bobbin.xmpp.bob.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bobbin.xmpp.bob.testkit.StoreTraits.Part;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class StoreTraitsTest {
  static Stream<UnaryOperator<String>> excuses() {
    return Stream.of(
        reason -> StoreTraits.notPersistent(reason).toString(),
        reason -> StoreTraits.persistent().oneProcess(reason).toString(),
        reason -> StoreTraits.persistent().ownClock(reason).toString(),
        reason -> StoreTraits.persistent().noFiles(reason).toString(),
        reason -> StoreTraits.persistent().noChecksum(reason).toString(),
        reason -> StoreTraits.persistent().notAtomic(reason).toString());
  }

  @ParameterizedTest
  @MethodSource("excuses")
  void excuse_withReason_showsIt(UnaryOperator<String> excuse) {
    assertThat(excuse.apply("it is so")).endsWith(": it is so]");
  }

  @ParameterizedTest
  @MethodSource("excuses")
  void excuse_withoutReason_isRefused(UnaryOperator<String> excuse) {
    assertThatThrownBy(() -> excuse.apply(" "))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("say why: ");
    assertThatThrownBy(() -> excuse.apply(null)).isInstanceOf(NullPointerException.class);
  }

  @Test
  void persistent_nothingMore_excusesNothing() {
    StoreTraits traits = StoreTraits.persistent();
    assertThat(Part.values()).allMatch(part -> traits.excuse(part).isEmpty());
    assertThat(traits.placeKey()).isEmpty();
    assertThat(traits.bound()).isEmpty();
  }

  @Test
  void anyMethod_called_leavesTheOriginalAsItWas() {
    StoreTraits traits = StoreTraits.persistent();
    StoreTraits other =
        traits.placedBy("directory").boundedBy("max-bytes", "1").oneProcess("it is so");
    assertThat(traits.toString()).isEqualTo("[]");
    assertThat(traits.placeKey()).isEmpty();
    assertThat(other.placeKey()).contains("directory");
    assertThat(other.bound()).contains(new StoreTraits.Bound("max-bytes", "1"));
    assertThat(other.excuse(Part.SEVERAL_PROCESSES)).contains("one process only: it is so");
  }
}
