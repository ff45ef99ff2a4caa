package dev.bobbin.xmpp.bob.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bobbin.xmpp.api.plugin.XmppPlugin;
import dev.bobbin.xmpp.api.plugin.XmppPluginProvider;
import dev.bobbin.xmpp.bob.plugin.BobPlugin;
import java.io.InputStream;
import java.lang.module.ModuleDescriptor;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class BobPluginProviderTest {
  private final BobPluginProvider provider = new BobPluginProvider();

  @Test
  void declarations_moduleInfoAndServicesFile_agree() throws Exception {
    ModuleDescriptor descriptor;
    List<String> listed;
    Class<?> here = BobPluginProvider.class;
    try (InputStream module = here.getResourceAsStream("/module-info.class");
        InputStream file =
            here.getResourceAsStream("/META-INF/services/" + XmppPluginProvider.class.getName())) {
      descriptor = ModuleDescriptor.read(module);
      listed = new String(file.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }

    assertThat(descriptor.provides())
        .singleElement()
        .satisfies(
            provides -> {
              assertThat(provides.service()).isEqualTo(XmppPluginProvider.class.getName());
              assertThat(provides.providers()).containsExactly(BobPluginProvider.class.getName());
            });
    assertThat(listed).containsExactly(BobPluginProvider.class.getName());
  }

  @Test
  void create_always_makesANewPluginOfThatName() {
    XmppPlugin first = provider.create();

    assertThat(first).isInstanceOf(BobPlugin.class).isNotSameAs(provider.create());
    assertThat(first.name()).isEqualTo(provider.name()).isEqualTo("xep_0231");
    assertThat(first.dependencies()).containsExactly("xep_0030");
  }
}
