package dev.bobbin.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bobbin.xmpp.api.plugin.XmppPluginProvider;
import dev.bobbin.xmpp.bob.plugin.BobPlugin;
import dev.bobbin.xmpp.bob.spi.BobStoreProvider;
import dev.bobbin.xmpp.core.XmppClient;
import dev.bobbin.xmpp.disco.DiscoPlugin;
import java.lang.module.ModuleDescriptor;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * That these tests run where they claim to run: first on the module path, then on the class path.
 */
class ModulePathTest {
  private static final List<Class<?>> OURS =
      List.of(XmppPluginProvider.class, XmppClient.class, DiscoPlugin.class, BobPlugin.class);
  private static final boolean MODULES = System.getProperty("bobbin.path", "").equals("module");

  @Test
  void path_asTheBuildSays_isModuleOrClass() {
    assertThat(System.getProperty("bobbin.path")).isIn("module", "class");
    assertThat(ModulePathTest.class.getModule().isNamed()).isEqualTo(MODULES);
    assertThat(OURS).allSatisfy(type -> assertThat(type.getModule().isNamed()).isEqualTo(MODULES));
  }

  @Test
  void internals_onTheModulePath_areOutOfReach() throws Exception {
    Class<?> provider = Class.forName("dev.bobbin.xmpp.bob.internal.BobPluginProvider");
    if (MODULES) {
      assertThatThrownBy(() -> provider.getConstructor().newInstance())
          .isInstanceOf(IllegalAccessException.class);
    } else {
      assertThat(provider.getConstructor().newInstance()).isNotNull();
    }
  }

  @Test
  void graph_onTheModulePath_hasOurModulesAndNoAutomaticOneAmongThem() {
    ModuleLayer layer = ModulePathTest.class.getModule().getLayer();
    if (!MODULES) {
      assertThat(layer).isNull();
      return;
    }
    Set<String> stores =
        layer.modules().stream()
            .map(Module::getDescriptor)
            .filter(d -> provides(d, BobStoreProvider.class))
            .map(ModuleDescriptor::name)
            .collect(Collectors.toSet());
    assertThat(stores)
        .containsExactlyInAnyOrder("dev.bobbin.store.memory", "dev.bobbin.store.jsonfile");
    assertThat(layer.modules())
        .filteredOn(module -> module.getName().startsWith("dev.bobbin."))
        .noneMatch(module -> module.getDescriptor().isAutomatic());
  }

  private static boolean provides(ModuleDescriptor descriptor, Class<?> service) {
    return descriptor.provides().stream().anyMatch(p -> p.service().equals(service.getName()));
  }
}
