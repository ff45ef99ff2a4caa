package dev.bobbin.xmpp.bob.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReader;
import java.lang.module.ModuleReference;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.List;
import java.util.Objects;

/**
 * Checks that a provider is found on the module path and on the class path alike: that {@code
 * provides} in its {@code module-info} and the file in {@code META-INF/services} name the same
 * classes. A provider in only one of them is invisible on the other path.
 */
public final class ProviderDeclarations {
  private ProviderDeclarations() {}

  /**
   * Checks the artifact that a provider comes from.
   *
   * @param service what is provided
   * @param provider the provider, a class of the artifact
   * @throws AssertionError when the declarations differ, or leave the provider out
   * @throws IOException when the artifact cannot be read
   */
  public static void assertAgree(Class<?> service, Class<?> provider) throws IOException {
    ModuleReference artifact = artifact(provider);
    List<String> provides =
        artifact.descriptor().provides().stream()
            .filter(p -> p.service().equals(service.getName()))
            .flatMap(p -> p.providers().stream())
            .toList();
    assertThat(provides)
        .as("providers of %s in module-info of %s", service.getName(), artifact.descriptor().name())
        .contains(provider.getName())
        .doesNotHaveDuplicates();
    assertThat(servicesFile(artifact, service))
        .as("META-INF/services/%s and module-info", service.getName())
        .containsExactlyInAnyOrderElementsOf(provides);
  }

  private static ModuleReference artifact(Class<?> provider) {
    try {
      CodeSource source = provider.getProtectionDomain().getCodeSource();
      Path location = Path.of(Objects.requireNonNull(source, "code source").getLocation().toURI());
      return ModuleFinder.of(location).findAll().stream()
          .filter(
              reference -> reference.descriptor().packages().contains(provider.getPackageName()))
          .findFirst()
          .orElseThrow(() -> new AssertionError("no module-info in " + location));
    } catch (URISyntaxException e) {
      throw new AssertionError("the location of " + provider.getName() + " is no path", e);
    }
  }

  private static List<String> servicesFile(ModuleReference artifact, Class<?> service)
      throws IOException {
    String name = "META-INF/services/" + service.getName();
    try (ModuleReader reader = artifact.open();
        InputStream file =
            reader.open(name).orElseThrow(() -> new AssertionError("there is no " + name))) {
      String text = new String(file.readAllBytes(), StandardCharsets.UTF_8);
      return text.lines()
          .map(line -> line.replaceFirst("#.*", "").strip())
          .filter(line -> !line.isEmpty())
          .toList();
    }
  }
}
