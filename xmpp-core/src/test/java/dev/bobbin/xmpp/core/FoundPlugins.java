package dev.bobbin.xmpp.core;

import dev.bobbin.xmpp.api.plugin.XmppPluginProvider;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Offers providers as a jar on the class path would. It defines their classes itself, because
 * ServiceLoader ignores a {@code META-INF/services} entry for a class of a named module, which test
 * classes are.
 */
final class FoundPlugins extends ClassLoader {
  private final Path services;
  private final Map<String, Class<?>> providers;

  FoundPlugins(Path folder, List<String> alsoListed, Class<?>... providers) throws IOException {
    super(FoundPlugins.class.getClassLoader());
    this.providers = Stream.of(providers).collect(Collectors.toMap(Class::getName, c -> c));
    this.services = Files.createTempFile(folder, "services", "");
    Files.write(
        services,
        Stream.concat(Stream.of(providers).map(Class::getName), alsoListed.stream()).toList());
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    Class<?> original = providers.get(name);
    if (original == null) {
      return super.loadClass(name, resolve);
    }
    Class<?> loaded = findLoadedClass(name);
    if (loaded != null) {
      return loaded;
    }
    String file = name.substring(name.lastIndexOf('.') + 1) + ".class";
    try (InputStream in = original.getResourceAsStream(file)) {
      byte[] bytes = in.readAllBytes();
      return defineClass(name, bytes, 0, bytes.length);
    } catch (IOException e) {
      throw new ClassNotFoundException(name, e);
    }
  }

  @Override
  public Enumeration<URL> getResources(String name) throws IOException {
    return name.equals("META-INF/services/" + XmppPluginProvider.class.getName())
        ? Collections.enumeration(List.of(services.toUri().toURL()))
        : super.getResources(name);
  }
}
