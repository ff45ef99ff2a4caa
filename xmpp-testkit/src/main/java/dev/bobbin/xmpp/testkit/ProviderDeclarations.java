package dev.bobbin.xmpp.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReader;
import java.lang.module.ModuleReference;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;

/**
 * Checks that the providers of an artifact are found on the module path and on the class path
 * alike: that {@code provides} in its {@code module-info.java} and its file in {@code
 * META-INF/services} name the same classes. A provider that stands in only one of the two is
 * invisible on the other path.
 *
 * <p>What this does not do: load or make the providers, which {@link java.util.ServiceLoader} does.
 */
public final class ProviderDeclarations {
  private ProviderDeclarations() {}

  /**
   * Checks the jar or the directory of classes that a provider comes from.
   *
   * @param service what is provided, such as {@code XmppPluginProvider.class}
   * @param provider a class of the artifact that provides it
   * @throws AssertionError when the two differ, name a class twice, or leave the provider out; when
   *     either is not there
   * @throws IOException when the artifact cannot be read
   */
  public static void assertAgree(Class<?> service, Class<?> provider) throws IOException {
    Objects.requireNonNull(service, "service");
    ModuleReference artifact = artifact(Objects.requireNonNull(provider, "provider"));
    List<String> provided =
        artifact.descriptor().provides().stream()
            .filter(provides -> provides.service().equals(service.getName()))
            .flatMap(provides -> provides.providers().stream())
            .toList();
    List<String> listed = listed(artifact, service);
    if (!provided.contains(provider.getName())) {
      throw new AssertionError(
          "module-info provides %s with %s, without %s"
              .formatted(service.getName(), provided, provider.getName()));
    }
    if (listed.size() != provided.size()
        || !new HashSet<>(listed).equals(new HashSet<>(provided))) {
      throw new AssertionError(
          "META-INF/services/%s lists %s, module-info provides %s"
              .formatted(service.getName(), listed, provided));
    }
  }

  private static ModuleReference artifact(Class<?> provider) {
    CodeSource source = provider.getProtectionDomain().getCodeSource();
    if (source == null) {
      throw new AssertionError(provider.getName() + " comes from no jar and no directory");
    }
    try {
      Path location = Path.of(source.getLocation().toURI());
      return ModuleFinder.of(location).findAll().stream()
          .filter(found -> found.descriptor().packages().contains(provider.getPackageName()))
          .filter(found -> !found.descriptor().isAutomatic())
          .findFirst()
          .orElseThrow(() -> new AssertionError("There is no module-info in " + location));
    } catch (URISyntaxException e) {
      throw new AssertionError("The location of " + provider.getName() + " is no path", e);
    }
  }

  private static List<String> listed(ModuleReference artifact, Class<?> service)
      throws IOException {
    String name = "META-INF/services/" + service.getName();
    try (ModuleReader reader = artifact.open();
        InputStream file =
            reader.open(name).orElseThrow(() -> new AssertionError("There is no " + name))) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .map(line -> line.replaceFirst("#.*", "").strip())
          .filter(line -> !line.isEmpty())
          .toList();
    }
  }
}
