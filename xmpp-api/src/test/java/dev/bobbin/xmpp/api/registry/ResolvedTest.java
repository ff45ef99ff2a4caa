package dev.bobbin.xmpp.api.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class ResolvedTest {
  @Test
  void toString_scoped_showsAllParts() {
    assertThat(new Resolved(5, Optional.of(ApiScope.node("n")), "App:1", false))
        .hasToString(
            "Resolved[level=5, scope=Optional[node 'n'], registeredBy=App:1, restoresDefault=false]");
  }

  @Test
  void constructor_null_isNamed() {
    assertThatNullPointerException()
        .isThrownBy(() -> new Resolved(7, null, "x", false))
        .withMessage("scope");
    assertThatNullPointerException()
        .isThrownBy(() -> new Resolved(7, Optional.empty(), null, false))
        .withMessage("registeredBy");
  }
}
