package dev.bobbin.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.lang.module.Configuration;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleDescriptor.Provides;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.lang.module.ResolvedModule;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the published jars say of themselves, as other modules and tools will read it. */
class DescriptorIT {
  private static final List<String> PUBLISHED =
      List.of(
          "store-json-file",
          "store-memory",
          "store-redis",
          "xep0030",
          "xep0115",
          "xep0231",
          "xep0231-testkit",
          "xmpp-api",
          "xmpp-core",
          "xmpp-testkit");
  private static final String SERVICES = "META-INF/services/";

  static List<String> published() {
    return PUBLISHED;
  }

  private static ModuleDescriptor descriptor(String artifact) {
    return ModuleFinder.of(Built.jar(artifact)).findAll().iterator().next().descriptor();
  }

  @ParameterizedTest
  @MethodSource("published")
  void descriptor_ofThePublishedJar_isAsCommitted(String artifact) throws IOException {
    ModuleDescriptor descriptor = descriptor(artifact);
    Path expectation = Path.of("src/test/resources/descriptors", descriptor.name() + ".txt");

    assertThat(String.join("\n", lines(descriptor)) + "\n")
        .isEqualTo(Files.readString(expectation));
  }

  @Test
  void descriptors_committed_areThoseOfThePublishedJars() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("src/test/resources/descriptors"))) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrderElementsOf(
              PUBLISHED.stream().map(jar -> descriptor(jar).name() + ".txt").toList());
    }
  }

  /** One line for each statement, sorted; versions that were compiled against are left out. */
  private static List<String> lines(ModuleDescriptor module) {
    Stream<String> requires =
        module.requires().stream().map(r -> "requires " + words(r.modifiers()) + r.name());
    Stream<String> exports =
        module.exports().stream()
            .map(e -> "exports " + words(e.modifiers()) + e.source() + to(e.targets()));
    Stream<String> opens =
        module.opens().stream()
            .map(o -> "opens " + words(o.modifiers()) + o.source() + to(o.targets()));
    Stream<String> uses = module.uses().stream().map(service -> "uses " + service);
    Stream<String> provides =
        module.provides().stream()
            .map(p -> "provides " + p.service() + " with " + String.join(", ", p.providers()));
    return Stream.concat(
            Stream.of(words(module.modifiers()) + "module " + module.name()),
            Stream.of(requires, exports, opens, uses, provides).flatMap(s -> s).sorted())
        .toList();
  }

  private static String words(Set<? extends Enum<?>> modifiers) {
    return modifiers.stream()
        .map(modifier -> modifier.name().toLowerCase(Locale.ROOT) + " ")
        .sorted()
        .collect(Collectors.joining());
  }

  private static String to(Set<String> targets) {
    return targets.isEmpty() ? "" : " to " + String.join(", ", new TreeSet<>(targets));
  }

  @ParameterizedTest
  @MethodSource("published")
  void servicesFiles_ofThePublishedJar_sayWhatTheDescriptorProvides(String artifact)
      throws IOException {
    Map<String, List<String>> provided = new TreeMap<>();
    for (Provides provides : descriptor(artifact).provides()) {
      provided.put(provides.service(), provides.providers());
    }
    Map<String, List<String>> listed = new TreeMap<>();
    try (JarFile jar = new JarFile(Built.jar(artifact).toFile())) {
      for (JarEntry entry : jar.stream().toList()) {
        if (entry.getName().startsWith(SERVICES) && !entry.isDirectory()) {
          try (InputStream in = jar.getInputStream(entry)) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            listed.put(entry.getName().substring(SERVICES.length()), text.lines().toList());
          }
        }
      }
    }

    assertThat(listed).isEqualTo(provided);
  }

  @ParameterizedTest
  @MethodSource("published")
  void packages_exported_areNullMarked(String artifact) throws Exception {
    // Loaded by a loader of its own, so that it is this jar's class and not that of the tests.
    URL[] jar = {Built.jar(artifact).toUri().toURL()};
    try (URLClassLoader loader = new URLClassLoader(jar, getClass().getClassLoader())) {
      for (ModuleDescriptor.Exports exports : descriptor(artifact).exports()) {
        Class<?> info = Class.forName(exports.source() + ".package-info", false, loader);
        assertThat(info.isAnnotationPresent(NullMarked.class)).as(exports.source()).isTrue();
      }
    }
    assertThat(descriptor(artifact).exports()).isNotEmpty();
  }

  /** But for the store in Redis, whose client library is one: no image can hold it. */
  @Test
  void graph_ofWhatIsPublished_hasNoAutomaticModule() {
    ModuleFinder all =
        ModuleFinder.of(
            Stream.concat(
                    Stream.of(Built.lib(), Built.lib().resolveSibling("lib-tests")),
                    Stream.of(Built.application()))
                .toArray(Path[]::new));
    Set<String> roots =
        PUBLISHED.stream()
            .filter(artifact -> !artifact.equals("store-redis"))
            .map(artifact -> descriptor(artifact).name())
            .collect(Collectors.toSet());
    Configuration graph =
        Configuration.resolve(
            all, List.of(ModuleLayer.boot().configuration()), ModuleFinder.ofSystem(), roots);

    assertThat(graph.modules())
        .extracting(ResolvedModule::name)
        .containsAll(roots)
        .contains("com.ongres.scram.common", "org.slf4j", "tools.jackson.core");
    assertThat(graph.modules())
        .extracting(ResolvedModule::reference)
        .extracting(ModuleReference::descriptor)
        .filteredOn(ModuleDescriptor::isAutomatic)
        .isEmpty();
  }
}
