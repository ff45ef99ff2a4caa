package dev.bobbin.xmpp.bob.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bobbin.xmpp.api.plugin.XmppPlugin;
import dev.bobbin.xmpp.api.plugin.XmppPluginProvider;
import dev.bobbin.xmpp.bob.plugin.BobPlugin;
import dev.bobbin.xmpp.testkit.ProviderDeclarations;
import org.junit.jupiter.api.Test;

class BobPluginProviderTest {
  private final BobPluginProvider provider = new BobPluginProvider();

  @Test
  void declarations_moduleInfoAndServicesFile_agree() throws Exception {
    ProviderDeclarations.assertAgree(XmppPluginProvider.class, BobPluginProvider.class);
  }

  @Test
  void create_always_makesANewPluginOfThatName() {
    XmppPlugin first = provider.create();

    assertThat(first).isInstanceOf(BobPlugin.class).isNotSameAs(provider.create());
    assertThat(first.name()).isEqualTo(provider.name()).isEqualTo("xep_0231");
    assertThat(first.dependencies()).containsExactly("xep_0030");
  }
}
