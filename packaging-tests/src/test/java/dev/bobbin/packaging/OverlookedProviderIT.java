package dev.bobbin.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Providers that are there and that ServiceLoader does not see: after services files replaced each
 * other, and beside the path that is looked at.
 */
class OverlookedProviderIT {
  private static final String PLUGINS = "dev.bobbin.xmpp.api.plugin.XmppPluginProvider";
  private static final String STORES = "dev.bobbin.xmpp.bob.spi.BobStoreProvider";
  private static final String DISCO = "dev.bobbin.xmpp.disco.internal.DiscoPluginProvider";
  private static final String BOB = "dev.bobbin.xmpp.bob.internal.BobPluginProvider";
  private static final String MEMORY = "dev.bobbin.store.memory.MemoryBobStoreProvider";
  private static final String FILES = "dev.bobbin.store.jsonfile.JsonFileBobStoreProvider";

  @TempDir private Path folder;

  /** All jars in one; of one service only the named artifact's file was kept. */
  private Path packed(String overwritten, String last) throws Exception {
    List<Path> jars = new ArrayList<>(Built.jarsWithout(last));
    jars.add(Built.jar(last));
    return PackedJar.write(folder.resolve("all.jar"), jars, overwritten);
  }

  private String error(Path jar, String... arguments) throws Exception {
    String message = choose(jar, arguments).line("error: ");
    new ErrorsPage().requireQuoted(message);
    return message;
  }

  private ChildJvm.Outcome choose(Path jar, String... arguments) throws Exception {
    return new ChildJvm(folder)
        .classPath(List.of(jar))
        .run(
            Stream.concat(Stream.of(StoreChoiceIT.PROBE), Stream.of(arguments))
                .toArray(String[]::new));
  }

  private String overlooked(String provider, String service) {
    return provider
        + " is in "
        + folder.resolve("all.jar")
        + ", and no META-INF/services/"
        + service
        + " names it: where jars were packed into one, that file of one replaced those of the"
        + " others. Have them merged (docs/errors.md#overlooked-provider)";
  }

  @Test
  void packedJar_servicesMerged_works() throws Exception {
    assertThat(choose(packed(null, "store-memory")).line("store: ")).isEqualTo("json-file");
  }

  @Test
  void packedJar_onlyBitsOfBinaryListed_saysThatServiceDiscoveryIsOverlooked() throws Exception {
    assertThat(error(packed(PLUGINS, "xep0231")))
        .isEqualTo(
            "The plugin 'xep_0231' needs 'xep_0030', which was not found; found: xep_0231; cannot"
                + " be loaded: "
                + overlooked(DISCO, PLUGINS)
                + ". Add its module to the path (docs/errors.md#no-such-plugin)");
  }

  @Test
  void packedJar_onlyServiceDiscoveryListed_saysThatBitsOfBinaryAreOverlooked() throws Exception {
    Path jar = packed(PLUGINS, "xep0030");

    assertThat(error(jar))
        .isEqualTo(
            "No plugin of dev.bobbin.xmpp.bob.plugin.BobPlugin is on; on are: xep_0030; cannot be"
                + " loaded: "
                + overlooked(BOB, PLUGINS)
                + " (docs/errors.md#no-such-plugin)");
    assertThat(error(jar, "set.store=memory"))
        .isEqualTo(
            "Something was set for the plugin 'xep_0231', which was neither found nor given;"
                + " known are: xep_0030; cannot be loaded: "
                + overlooked(BOB, PLUGINS)
                + ". Correct its name or add its module (docs/errors.md#bad-setting)");
  }

  @Test
  void packedJar_pluginGivenInCode_needsNoListing() throws Exception {
    assertThat(choose(packed(PLUGINS, "xep0030"), "name=memory").line("works: ")).isEqualTo("true");
  }

  @ParameterizedTest
  @CsvSource({"store-memory," + FILES, "store-json-file," + MEMORY})
  void packedJar_onlyOneStoreListed_isNotTakenInstead(String last, String missing)
      throws Exception {
    Path jar = packed(STORES, last);
    String what = overlooked(missing, STORES);

    assertThat(error(jar))
        .isEqualTo(
            "The plugin 'xep_0231' cannot be turned on: A BobStoreProvider cannot be loaded: "
                + what
                + ". Mend or remove its jar, or choose a store by name"
                + " (docs/errors.md#broken-store)");
    boolean memory = last.equals("store-memory");
    assertThat(error(jar, "name=" + (memory ? "json-file" : "memory")))
        .contains("; found: " + (memory ? "memory" : "json-file") + "; cannot be loaded: " + what);
    assertThat(choose(jar, "name=" + (memory ? "memory" : "json-file")).line("works: "))
        .isEqualTo("true");
  }

  @Test
  void packedJar_servicesDropped_saysSo() throws Exception {
    Path jar =
        PackedJar.write(
            folder.resolve("all.jar"), Built.jarsWithout("store-memory", "store-json-file"), null);
    assertThat(error(jar)).contains(": No BobStoreProvider was found. ");

    Path without = PackedJar.write(folder.resolve("all.jar"), Built.jars(), null, STORES);
    assertThat(error(without)).contains(overlooked(FILES, STORES));
  }

  @Test
  void modulePath_storeOnTheClassPath_isNotPassedOverInSilence() throws Exception {
    Path store = Built.jar("store-json-file");
    ChildJvm.Outcome outcome =
        new ChildJvm(folder)
            .modulePath(Built.jarsWithout("store-json-file"))
            .classPath(List.of(store))
            .run("--module", "dev.bobbin.packaging/" + StoreChoiceIT.PROBE);

    String message = outcome.line("error: ");
    new ErrorsPage().requireQuoted(message);
    assertThat(message)
        .isEqualTo(
            "The plugin 'xep_0231' cannot be turned on: A BobStoreProvider cannot be loaded: jar:file:"
                + store
                + "!/META-INF/services/"
                + STORES
                + " names "
                + FILES
                + ", and no module provides it: what is on the class path is not seen from the"
                + " module path. Move its jar to the module path"
                + " (docs/errors.md#overlooked-provider). Mend or remove its jar, or choose a store"
                + " by name (docs/errors.md#broken-store)");
  }
}
