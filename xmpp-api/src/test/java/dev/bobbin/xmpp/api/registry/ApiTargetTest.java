package dev.bobbin.xmpp.api.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import dev.bobbin.xmpp.api.jid.Jid;
import org.junit.jupiter.api.Test;

class ApiTargetTest {
  private static final Jid OURS = Jid.of("a@b/c");
  private static final Jid PEER = Jid.of("d@e/f");

  @Test
  void none_hasNothing() {
    assertThat(ApiTarget.none().jid()).isEmpty();
    assertThat(ApiTarget.none().node()).isEmpty();
    assertThat(ApiTarget.none().from()).isEmpty();
    assertThat(ApiTarget.none()).hasToString("jid null, node null, from null");
  }

  @Test
  void with_eachPart_copiesAndKeepsTheRest() {
    ApiTarget of = ApiTarget.of(OURS);
    ApiTarget node = of.withNode("n");
    ApiTarget from = node.withFrom(PEER);

    assertThat(of.node()).isEmpty();
    assertThat(node.jid()).contains(OURS);
    assertThat(node.node()).contains("n");
    assertThat(node.from()).isEmpty();
    assertThat(from.jid()).contains(OURS);
    assertThat(from.node()).contains("n");
    assertThat(from.from()).contains(PEER);
    assertThat(from).hasToString("jid a@b/c, node n, from d@e/f");
    assertThat(from.withNode("m")).isEqualTo(of.withFrom(PEER).withNode("m"));
    assertThat(from.withNode("m").node()).contains("m");
    assertThat(ApiTarget.none().withNode("n").withFrom(PEER).jid()).isEmpty();
  }

  @Test
  void equals_eachPart_counts() {
    ApiTarget target = ApiTarget.of(OURS).withNode("n").withFrom(PEER);

    assertThat(target)
        .isEqualTo(ApiTarget.of(OURS).withFrom(PEER).withNode("n"))
        .hasSameHashCodeAs(ApiTarget.of(OURS).withFrom(PEER).withNode("n"))
        .isNotEqualTo(ApiTarget.of(PEER).withNode("n").withFrom(PEER))
        .isNotEqualTo(target.withNode("m"))
        .isNotEqualTo(target.withFrom(OURS))
        .isNotEqualTo(ApiTarget.none());
    assertThat(target.equals(null)).isFalse();
  }

  @Test
  void withNode_emptyOrNull_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ApiTarget.none().withNode(""))
        .withMessage("a node is not empty; leave it out to mean none");
    assertThatNullPointerException()
        .isThrownBy(() -> ApiTarget.none().withNode(null))
        .withMessage("newNode");
    assertThatNullPointerException()
        .isThrownBy(() -> ApiTarget.none().withFrom(null))
        .withMessage("newFrom");
    assertThatNullPointerException().isThrownBy(() -> ApiTarget.of(null)).withMessage("jid");
  }

  @Test
  void noHandlerException_anyCall_saysWhatToDo() {
    ApiMethod<String, String> method = ApiMethod.of("xep_0231", "get_bob");

    assertThat(new NoHandlerException(method, ApiTarget.of(OURS).withFrom(PEER)))
        .hasMessage(
            "No handler for xep_0231.get_bob (jid a@b/c, node null, from d@e/f). Its default comes"
                + " with the plugin 'xep_0231': turn that on, or register a handler"
                + " (docs/errors.md#no-handler)");
  }

  @Test
  void noHandlerException_hostileNode_isCutAndCleaned() {
    ApiTarget target = ApiTarget.none().withNode("\r\n\u202E" + "x".repeat(5000));

    assertThat(new NoHandlerException(ApiMethod.of("p", "m"), target))
        .hasMessageStartingWith(
            "No handler for p.m (jid null, node \uFFFD\uFFFD\uFFFD" + "x".repeat(97) + "..., from");
  }

  @Test
  void apiMethod_sameNames_areDifferentKeys() {
    ApiMethod<String, String> one = ApiMethod.of("p", "m");

    assertThat(one).isEqualTo(one).isNotEqualTo(ApiMethod.of("p", "m")).hasToString("p.m");
    assertThat(one.plugin()).isEqualTo("p");
    assertThat(one.name()).isEqualTo("m");
    assertThatNullPointerException()
        .isThrownBy(() -> ApiMethod.of(null, "m"))
        .withMessage("plugin");
    assertThatNullPointerException().isThrownBy(() -> ApiMethod.of("p", null)).withMessage("name");
  }
}
