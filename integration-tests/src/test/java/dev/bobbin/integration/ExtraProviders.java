package dev.bobbin.integration;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A class loader with providers of its own, as a jar on the class path would bring them, besides
 * what its parent has.
 */
final class ExtraProviders extends ClassLoader {
  private final Set<String> own;
  private final String servicesName;
  private final URL servicesFile;

  ExtraProviders(Path directory, Class<?> service, Class<?> provider, Class<?>... parts)
      throws IOException {
    super(ExtraProviders.class.getClassLoader());
    own =
        Stream.concat(Stream.of(provider), Stream.of(parts))
            .map(Class::getName)
            .collect(Collectors.toSet());
    servicesName = "META-INF/services/" + service.getName();
    servicesFile =
        Files.writeString(directory.resolve("providers"), provider.getName()).toUri().toURL();
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (!own.contains(name)) {
      return super.loadClass(name, resolve);
    }
    synchronized (getClassLoadingLock(name)) {
      Class<?> loaded = findLoadedClass(name);
      if (loaded != null) {
        return loaded;
      }
      String file = "/" + name.replace('.', '/') + ".class";
      try (InputStream input = ExtraProviders.class.getResourceAsStream(file)) {
        byte[] bytes = input.readAllBytes();
        return defineClass(name, bytes, 0, bytes.length);
      } catch (IOException e) {
        throw new ClassNotFoundException(name, e);
      }
    }
  }

  @Override
  protected Enumeration<URL> findResources(String name) {
    return name.equals(servicesName)
        ? Collections.enumeration(List.of(servicesFile))
        : Collections.emptyEnumeration();
  }
}
