package org.example.lastactivity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bobbin.xmpp.api.plugin.XmppPlugin;
import dev.bobbin.xmpp.api.plugin.XmppPluginProvider;
import dev.bobbin.xmpp.testkit.ProviderDeclarations;
import org.junit.jupiter.api.Test;

class LastActivityPluginProviderTest {
  @Test
  void declarations_moduleInfoAndServicesFile_agree() throws Exception {
    ProviderDeclarations.assertAgree(XmppPluginProvider.class, LastActivityPluginProvider.class);
  }

  @Test
  void create_always_makesANewPluginOfThatName() {
    LastActivityPluginProvider provider = new LastActivityPluginProvider();
    XmppPlugin first = provider.create();

    assertThat(first).isInstanceOf(LastActivityPlugin.class).isNotSameAs(provider.create());
    assertThat(first.name()).isEqualTo(provider.name()).isEqualTo("xep_0012");
    assertThat(first.dependencies()).containsExactly("xep_0030");
  }
}
