package dev.bobbin.xmpp.disco.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bobbin.xmpp.api.plugin.XmppPlugin;
import dev.bobbin.xmpp.api.plugin.XmppPluginProvider;
import dev.bobbin.xmpp.disco.DiscoPlugin;
import dev.bobbin.xmpp.testkit.ProviderDeclarations;
import org.junit.jupiter.api.Test;

class DiscoPluginProviderTest {
  private final DiscoPluginProvider provider = new DiscoPluginProvider();

  @Test
  void declarations_moduleInfoAndServicesFile_agree() throws Exception {
    ProviderDeclarations.assertAgree(XmppPluginProvider.class, DiscoPluginProvider.class);
  }

  @Test
  void create_always_makesANewPluginOfThatName() {
    XmppPlugin first = provider.create();

    assertThat(first).isInstanceOf(DiscoPlugin.class).isNotSameAs(provider.create());
    assertThat(first.name()).isEqualTo(provider.name()).isEqualTo("xep_0030");
    assertThat(first.dependencies()).isEmpty();
  }
}
