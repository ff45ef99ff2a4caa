package dev.bobbin.xmpp.disco.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bobbin.xmpp.api.plugin.XmppPlugin;
import dev.bobbin.xmpp.api.plugin.XmppPluginProvider;
import dev.bobbin.xmpp.disco.DiscoPlugin;
import java.io.InputStream;
import java.lang.module.ModuleDescriptor;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class DiscoPluginProviderTest {
  private final DiscoPluginProvider provider = new DiscoPluginProvider();

  @Test
  void declarations_moduleInfoAndServicesFile_agree() throws Exception {
    ModuleDescriptor descriptor;
    List<String> listed;
    Class<?> here = DiscoPluginProvider.class;
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
              assertThat(provides.providers()).containsExactly(DiscoPluginProvider.class.getName());
            });
    assertThat(listed).containsExactly(DiscoPluginProvider.class.getName());
  }

  @Test
  void create_always_makesANewPluginOfThatName() {
    XmppPlugin first = provider.create();

    assertThat(first).isInstanceOf(DiscoPlugin.class).isNotSameAs(provider.create());
    assertThat(first.name()).isEqualTo(provider.name()).isEqualTo("xep_0030");
    assertThat(first.dependencies()).isEmpty();
  }
}
