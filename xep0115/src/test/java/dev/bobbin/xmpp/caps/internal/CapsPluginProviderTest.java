package dev.bobbin.xmpp.caps.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bobbin.xmpp.api.plugin.XmppPlugin;
import dev.bobbin.xmpp.api.plugin.XmppPluginProvider;
import dev.bobbin.xmpp.caps.CapsPlugin;
import dev.bobbin.xmpp.testkit.ProviderDeclarations;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class CapsPluginProviderTest {
  private final CapsPluginProvider provider = new CapsPluginProvider();

  @Test
  void declarations_moduleInfoAndServicesFile_agree() throws Exception {
    ProviderDeclarations.assertAgree(XmppPluginProvider.class, CapsPluginProvider.class);
  }

  @Test
  void create_always_makesANewPluginOfThatName() {
    XmppPlugin first = provider.create();

    assertThat(first).isInstanceOf(CapsPlugin.class).isNotSameAs(provider.create());
    assertThat(first.name()).isEqualTo(provider.name()).isEqualTo("xep_0115");
    assertThat(first.dependencies()).containsExactly("xep_0030");
  }

  @Test
  void announce_pluginIsOff_isAFailedFuture() {
    assertThat(new CapsPlugin().announce())
        .failsWithin(Duration.ofSeconds(20))
        .withThrowableThat()
        .havingCause()
        .withMessage("The plugin 'xep_0115' is off; turn it on first (docs/errors.md#plugin-off)");
  }
}
