package dev.bobbin.xmpp.disco;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bobbin.xmpp.api.jid.Jid;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Asking others by a plugin that is off. */
class AskingTest {
  private static final Jid PEER = Jid.of("example.org");

  private static void assertOff(CompletableFuture<?> answer) {
    assertThat(answer)
        .failsWithin(Duration.ofSeconds(20))
        .withThrowableThat()
        .havingCause()
        .isInstanceOf(IllegalStateException.class)
        .withMessage("The plugin 'xep_0030' is off; turn it on first (docs/errors.md#plugin-off)");
  }

  @Test
  void asking_pluginIsOff_isAFailedFuture() {
    DiscoPlugin plugin = new DiscoPlugin();

    assertOff(plugin.info(PEER));
    assertOff(plugin.info(PEER, "node"));
    assertOff(plugin.items(PEER, null));
    assertOff(plugin.supports(PEER, "urn:x"));
  }
}
