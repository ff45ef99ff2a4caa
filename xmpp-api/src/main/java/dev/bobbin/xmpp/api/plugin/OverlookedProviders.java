package dev.bobbin.xmpp.api.plugin;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Modifier;
import java.net.JarURLConnection;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Providers of a service that are within reach and that {@link java.util.ServiceLoader} passes over
 * without a word. Two ways lead there, and both are told from facts, not guessed:
 *
 * <ul>
 *   <li>The application is on the module path and the provider on the class path: a services file
 *       names it, and no module of the layer provides it.
 *   <li>Jars were packed into one, and of the services files, which all have one name, only one was
 *       kept. The jar of a service holds no provider of it as we build it, so a services file
 *       beside the service itself (or none anywhere) says that jars were packed. Then the classes
 *       of that jar are looked through for providers that no services file names.
 * </ul>
 *
 * <p>What cannot be known: whether a class is missing that was not packed at all; what is in
 * another packed jar than the service, in a folder, or in a jar inside a jar; what is behind the
 * first 20,000 entries of a jar; a provider that inherits from another class that implements the
 * service.
 */
final class OverlookedProviders {
  private static final int MOST_FILES = 1000;
  private static final int MOST_ENTRIES = 20_000;
  private static final int MOST_BYTES = 1 << 20;

  private final Class<?> service;
  private final ClassLoader loader;
  private final String fileName;

  /** What each services file names, by where it is. */
  private final Map<String, Set<String>> files = new LinkedHashMap<>();

  /** The jars that those files are in. */
  private final Set<Path> homes = new HashSet<>();

  OverlookedProviders(Class<?> service, @Nullable ClassLoader loader) {
    this.service = service;
    this.loader = loader == null ? ClassLoader.getSystemClassLoader() : loader;
    this.fileName = "META-INF/services/" + service.getName();
    try {
      for (URL file : Collections.list(this.loader.getResources(fileName))) {
        if (files.size() < MOST_FILES) {
          files.put(file.toString(), names(file));
        }
      }
    } catch (IOException e) {
      // ServiceLoader has reported it, or will.
    }
  }

  private Set<String> names(URL file) throws IOException {
    URLConnection connection = file.openConnection();
    if (connection instanceof JarURLConnection inJar) {
      Path jar = path(inJar.getJarFileURL());
      if (jar != null) {
        homes.add(jar);
      }
    }
    // A cached connection would keep the jar open for good.
    connection.setUseCaches(false);
    try (InputStream in = connection.getInputStream()) {
      return new String(in.readNBytes(MOST_BYTES), UTF_8)
          .lines()
          .map(line -> line.replaceFirst("#.*", "").strip())
          .filter(name -> !name.isEmpty())
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  /** Those on the class path, for a service that is looked for in a layer. */
  List<ServiceConfigurationError> besideLayer(ModuleLayer layer) {
    Set<String> provided = provided(layer);
    List<ServiceConfigurationError> overlooked = new ArrayList<>();
    files.forEach(
        (file, names) -> {
          for (String name : names) {
            if (!provided.contains(name)) {
              overlooked.add(
                  new ServiceConfigurationError(
                      file
                          + " names "
                          + name
                          + ", and no module provides it: what is on the class path is not seen"
                          + " from the module path. Move its jar to the module path"
                          + " (docs/errors.md#overlooked-provider)"));
            }
          }
        });
    return overlooked;
  }

  private Set<String> provided(ModuleLayer layer) {
    return withParents(layer)
        .flatMap(each -> each.modules().stream())
        .flatMap(module -> module.getDescriptor().provides().stream())
        .filter(provides -> provides.service().equals(service.getName()))
        .flatMap(provides -> provides.providers().stream())
        .collect(Collectors.toSet());
  }

  private static Stream<ModuleLayer> withParents(ModuleLayer layer) {
    return Stream.concat(
        Stream.of(layer), layer.parents().stream().flatMap(OverlookedProviders::withParents));
  }

  /** Those in the jar of the service itself, where it was packed together with others. */
  List<ServiceConfigurationError> packedWithService() {
    Path jar = home();
    if (jar == null || !isPacked(jar)) {
      return List.of();
    }
    Set<String> named =
        files.values().stream().flatMap(Set::stream).collect(Collectors.toCollection(TreeSet::new));
    List<ServiceConfigurationError> overlooked = new ArrayList<>();
    try (JarFile open = new JarFile(jar.toFile(), false)) {
      Iterator<JarEntry> entries = open.stream().limit(MOST_ENTRIES).iterator();
      while (entries.hasNext()) {
        JarEntry entry = entries.next();
        String name = className(entry.getName());
        if (name != null && !named.contains(name) && isProvider(open, entry, name)) {
          overlooked.add(
              new ServiceConfigurationError(
                  name
                      + " is in "
                      + jar
                      + ", and no "
                      + fileName
                      + " names it: where jars were packed into one, that file of one replaced"
                      + " those of the others. Have them merged"
                      + " (docs/errors.md#overlooked-provider)"));
        }
      }
    } catch (IOException e) {
      // The jar was replaced while it is in use; then nothing can be told.
    }
    return overlooked;
  }

  private @Nullable Path home() {
    CodeSource source = service.getProtectionDomain().getCodeSource();
    return source == null ? null : path(source.getLocation());
  }

  /** A jar in the file system of the machine; other kinds of places are not looked into. */
  private static @Nullable Path path(@Nullable URL location) {
    if (location == null || !location.getProtocol().equals("file")) {
      return null;
    }
    try {
      Path path = Path.of(location.toURI());
      return Files.isRegularFile(path) ? path : null;
    } catch (URISyntaxException | IllegalArgumentException e) {
      return null;
    }
  }

  private boolean isPacked(Path jar) {
    return files.isEmpty() || homes.contains(jar);
  }

  private static @Nullable String className(String entry) {
    return entry.endsWith(".class") && !entry.startsWith("META-INF/")
        ? entry.substring(0, entry.length() - ".class".length()).replace('/', '.')
        : null;
  }

  /**
   * Only a class file that holds the service's name is loaded, and not even that is initialised.
   */
  private boolean isProvider(JarFile jar, JarEntry entry, String name) throws IOException {
    try (InputStream in = jar.getInputStream(entry)) {
      String bytes = new String(in.readNBytes(MOST_BYTES), ISO_8859_1);
      if (!bytes.contains(service.getName().replace('.', '/'))) {
        return false;
      }
    }
    try {
      Class<?> type = Class.forName(name, false, loader);
      return service.isAssignableFrom(type)
          && Modifier.isPublic(type.getModifiers())
          && !Modifier.isAbstract(type.getModifiers())
          && Modifier.isPublic(type.getConstructor().getModifiers());
    } catch (ReflectiveOperationException | LinkageError e) {
      return false;
    }
  }
}
