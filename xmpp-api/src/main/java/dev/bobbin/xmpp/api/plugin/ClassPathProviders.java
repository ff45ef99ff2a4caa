package dev.bobbin.xmpp.api.plugin;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Providers on the class path of an application on the module path: services files name them, and
 * {@link java.util.ServiceLoader} looks in the modules only.
 *
 * <p>A name alone proves nothing. Where an application runs in a layer of its own, its class
 * loaders reach the class path of the program around it, which may hold another copy of the service
 * and providers of that one. So the class is loaded, without being initialised, and asked.
 */
final class ClassPathProviders {
  private ClassPathProviders() {}

  /** Names those that are out of sight, and says what to do; empty where there is none. */
  static Optional<String> unseen(Class<?> service, ClassLoader loader) throws IOException {
    List<String> unseen =
        ServicesFiles.read(service, loader).places().entrySet().stream()
            .filter(entry -> isProvider(service, loader, entry.getKey()))
            .map(entry -> entry.getKey() + ", which " + entry.getValue() + " names")
            .toList();
    return unseen.isEmpty()
        ? Optional.empty()
        : Optional.of(
            unseen.stream().collect(Collectors.joining("; "))
                + ": what is on the class path is not seen from the module path. Move its jar to"
                + " the module path");
  }

  private static boolean isProvider(Class<?> service, ClassLoader loader, String name) {
    try {
      Class<?> type = Class.forName(name, false, loader);
      return service.isAssignableFrom(type) && !type.getModule().isNamed();
    } catch (ClassNotFoundException | LinkageError e) {
      return false;
    }
  }
}
