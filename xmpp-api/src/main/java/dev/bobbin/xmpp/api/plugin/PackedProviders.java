package dev.bobbin.xmpp.api.plugin;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The providers of a service in the service's own jar. As we build it that jar holds none, so
 * whatever is there was packed into it; and when jars are packed into one, of their services files,
 * which all have one name, the last may have replaced the others.
 *
 * <p>What cannot be known: whether a class is missing that was not packed at all; what is in
 * another packed jar than the service, in a folder, or in a jar inside a jar; what is behind the
 * first 100,000 classes; a provider that inherits from another class that implements the service.
 *
 * @param jar where the service is; null when that is no file
 * @param names the classes in it that could be listed as providers
 */
record PackedProviders(@Nullable Path jar, List<String> names) {
  private static final int MOST_CLASSES = 100_000;
  private static final int MOST_BYTES = 1 << 20;

  /** Reads all classes of the jar. */
  static PackedProviders beside(Class<?> service) {
    return beside(service, MOST_CLASSES);
  }

  /** Reads so many classes of the jar at most; what is no class does not count. */
  static PackedProviders beside(Class<?> service, int mostClasses) {
    Path jar = jar(service);
    List<String> names = new ArrayList<>();
    if (jar != null) {
      try (JarFile open = new JarFile(jar.toFile(), false);
          Stream<JarEntry> entries = open.stream()) {
        List<JarEntry> classes =
            entries.filter(PackedProviders::isClass).limit(mostClasses).toList();
        for (JarEntry entry : classes) {
          String name = entry.getName().replaceFirst("\\.class$", "").replace('/', '.');
          if (mentions(service, open, entry) && isProvider(service, name)) {
            names.add(name);
          }
        }
      } catch (IOException e) {
        // It is a folder, or was replaced while it is in use; then nothing more can be told.
      }
    }
    return new PackedProviders(jar, List.copyOf(names));
  }

  /** Names those that no services file lists, and says what to do; empty where there is none. */
  Optional<String> unlisted(Class<?> service, ClassLoader loader) throws IOException {
    if (names.isEmpty()) {
      return Optional.empty();
    }
    ServicesFiles files = ServicesFiles.read(service, loader);
    List<String> unlisted =
        names.stream().filter(name -> !files.places().containsKey(name)).toList();
    return unlisted.isEmpty()
        ? Optional.empty()
        : Optional.of(
            String.join(", ", unlisted)
                + " in "
                + jar
                + ", which no "
                + ServicesFiles.name(service)
                + " names: where jars were packed into one, that file of one replaced those of the"
                + " others. Have them merged");
  }

  /** A jar in the file system of the machine, or a folder, which fails to open as a jar. */
  private static @Nullable Path jar(Class<?> service) {
    CodeSource source = service.getProtectionDomain().getCodeSource();
    URL location = source == null ? null : source.getLocation();
    if (location == null || !location.getProtocol().equals("file")) {
      return null;
    }
    try {
      return Path.of(location.toURI());
    } catch (URISyntaxException | IllegalArgumentException e) {
      return null;
    }
  }

  private static boolean isClass(JarEntry entry) {
    return entry.getName().endsWith(".class") && !entry.getName().startsWith("META-INF/");
  }

  /** Saves loading the classes that have nothing to do with the service. */
  private static boolean mentions(Class<?> service, JarFile jar, JarEntry entry)
      throws IOException {
    try (InputStream in = jar.getInputStream(entry)) {
      return new String(in.readNBytes(MOST_BYTES), ISO_8859_1)
          .contains(service.getName().replace('.', '/'));
    }
  }

  /** Whether it could be listed. It is loaded as the service was, and not initialised. */
  private static boolean isProvider(Class<?> service, String name) {
    try {
      Class<?> type = Class.forName(name, false, service.getClassLoader());
      return service.isAssignableFrom(type)
          && Modifier.isPublic(type.getModifiers())
          && !Modifier.isAbstract(type.getModifiers())
          && Stream.of(type.getConstructors()).anyMatch(made -> made.getParameterCount() == 0);
    } catch (ClassNotFoundException | LinkageError e) {
      return false;
    }
  }
}
