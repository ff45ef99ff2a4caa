package dev.bobbin.xmpp.bob.testkit;

import java.io.File;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;

/**
 * The class path of a child: all that this process has, be it on the class path, on the module path
 * or patched into a module. A child knows no modules.
 */
final class ChildClassPath {
  private ChildClassPath() {}

  static String of(Class<?> provider) {
    Set<String> places = new LinkedHashSet<>();
    places.add(place(provider));
    places.add(place(StoreChild.class));
    for (String path : new String[] {"java.class.path", "jdk.module.path"}) {
      for (String entry : System.getProperty(path, "").split(File.pathSeparator, -1)) {
        if (!entry.isEmpty()) {
          places.add(isFolderOfJars(Path.of(entry)) ? entry + File.separator + "*" : entry);
        }
      }
    }
    return String.join(File.pathSeparator, places);
  }

  /** An entry of a module path may be a directory of modules, which a class path spells so. */
  private static boolean isFolderOfJars(Path entry) {
    String[] files = entry.toFile().list((folder, name) -> name.endsWith(".jar"));
    return files != null && files.length > 0 && !Files.exists(entry.resolve("module-info.class"));
  }

  /** Where a class file is; a class of a test has the code source of the module that it patches. */
  private static String place(Class<?> type) {
    String name = type.getName().replace('.', '/') + ".class";
    URL url = Objects.requireNonNull(type.getResource('/' + name), name);
    String text = url.toString();
    String root = text.substring(0, text.length() - name.length());
    String file = root.startsWith("jar:") ? root.substring(4, root.lastIndexOf('!')) : root;
    return Path.of(URI.create(file)).toString();
  }
}
