package dev.bobbin.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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

  /** Jars in one, of two plugins; of one service only the named artifact's file was kept. */
  private Path packed(String overwritten, String last) throws Exception {
    List<Path> jars = new ArrayList<>(Built.jarsWithout("xep0115", last));
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

  private String overlooked(String providers, String service) {
    return "overlooked: "
        + providers
        + " in "
        + folder.resolve("all.jar")
        + ", which no META-INF/services/"
        + service
        + " names: where jars were packed into one, that file of one replaced those of the"
        + " others. Have them merged";
  }

  @Test
  void packedJar_servicesMerged_worksAndWarnsOfNothing() throws Exception {
    ChildJvm.Outcome outcome = choose(packed(null, "store-memory"));

    assertThat(outcome.line("store: ")).isEqualTo("json-file");
    assertThat(outcome.output()).doesNotContain(" WARN ");
  }

  @Test
  void packedJar_onlyBitsOfBinaryListed_saysThatServiceDiscoveryIsOverlooked() throws Exception {
    assertThat(error(packed(PLUGINS, "xep0231")))
        .isEqualTo(
            "The plugin 'xep_0231' needs 'xep_0030', which was not found; found: xep_0231; "
                + overlooked(DISCO, PLUGINS)
                + " (docs/errors.md#overlooked-provider). Add its module to the path"
                + " (docs/errors.md#no-such-plugin)");
  }

  @Test
  void packedJar_onlyServiceDiscoveryListed_warnsAndSaysWhatIsInOnePlace() throws Exception {
    Path jar = packed(PLUGINS, "xep0030");
    String warning =
        overlooked(BOB, PLUGINS).replace("overlooked:", "Plugins are overlooked:")
            + " (docs/errors.md#overlooked-provider)";

    ChildJvm.Outcome outcome = choose(jar, "clients=3");
    assertThat(outcome.output().lines().filter(line -> line.endsWith(warning))).hasSize(1);
    new ErrorsPage().requireQuoted(warning);
    String message = outcome.line("error: ");
    assertThat(message)
        .isEqualTo(
            "No plugin of dev.bobbin.xmpp.bob.plugin.BobPlugin is on; on are: xep_0030; its class"
                + " is in one place with XmppPluginProvider, "
                + jar.toUri().toString().replace("file:///", "file:/")
                + ": unless it was turned off, the META-INF/services/"
                + PLUGINS
                + " of the jars packed there have to be merged"
                + " (docs/errors.md#overlooked-provider) (docs/errors.md#no-such-plugin)");
    new ErrorsPage().requireQuoted(message);
    assertThat(error(jar, "set.store=memory"))
        .isEqualTo(
            "Something was set for the plugin 'xep_0231', which was neither found nor given;"
                + " known are: xep_0030; "
                + overlooked(BOB, PLUGINS)
                + " (docs/errors.md#overlooked-provider). Correct its name or add its module"
                + " (docs/errors.md#bad-setting)");
  }

  @Test
  void packedJar_pluginGivenInCode_needsNoListing() throws Exception {
    assertThat(choose(packed(PLUGINS, "xep0030"), "name=memory").line("works: ")).isEqualTo("true");
  }

  @Test
  void packedJar_onlyTheFallbackListed_isNotTakenInstead() throws Exception {
    Path jar = packed(STORES, "store-memory");

    assertThat(error(jar)).isEqualTo(ofStores(FILES));
    assertThat(error(jar, "name=json-file"))
        .isEqualTo(
            "The plugin 'xep_0231' cannot be turned on: No BobStoreProvider named 'json-file';"
                + " found: memory; "
                + overlooked(FILES, STORES)
                + " (docs/errors.md#overlooked-provider). Add its module or choose another"
                + " (docs/errors.md#no-such-store)");
    assertThat(choose(jar, "name=memory").line("works: ")).isEqualTo("true");
  }

  private String ofStores(String missing) {
    return "The plugin 'xep_0231' cannot be turned on: A BobStoreProvider is "
        + overlooked(missing, STORES)
        + ", or choose a store by name (docs/errors.md#overlooked-provider)";
  }

  @Test
  void packedJar_onlyAnotherStoreListed_isTaken() throws Exception {
    assertThat(choose(packed(STORES, "store-json-file")).line("store: ")).isEqualTo("json-file");
  }

  @Test
  void packedJar_servicesDropped_saysSo() throws Exception {
    Path jar =
        PackedJar.write(
            folder.resolve("all.jar"), Built.jarsWithout("store-memory", "store-json-file"), null);
    assertThat(error(jar)).contains(": No BobStoreProvider was found. ");

    Path without = PackedJar.write(folder.resolve("all.jar"), Built.jars(), null, STORES);
    assertThat(error(without)).isEqualTo(ofStores(FILES + ", " + MEMORY));
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
            "The plugin 'xep_0231' cannot be turned on: A BobStoreProvider is overlooked: "
                + FILES
                + ", which jar:file:"
                + store
                + "!/META-INF/services/"
                + STORES
                + " names: what is on the class path is not seen from the module path. Move its"
                + " jar to the module path, or choose a store by name"
                + " (docs/errors.md#overlooked-provider)");
  }

  @Test
  void modulePath_lookingOnTheClassPathAsErrorsSays_findsTheStoreWithWhatItDependsOn()
      throws Exception {
    ChildJvm.Outcome outcome =
        new ChildJvm(folder)
            .modulePath(Built.jarsWithout("store-json-file"))
            .classPath(List.of(Built.jar("store-json-file"), Built.jar("jackson-core")))
            .run("--module", "dev.bobbin.packaging/" + StoreChoiceIT.PROBE, "loader=system");

    assertThat(outcome.line("store: ")).isEqualTo("json-file");
    assertThat(outcome.line("works: ")).isEqualTo("true");
  }
}
