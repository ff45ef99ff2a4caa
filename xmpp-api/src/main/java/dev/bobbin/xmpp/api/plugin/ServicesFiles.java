package dev.bobbin.xmpp.api.plugin;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLConnection;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What the services files of one service name, as a class loader sees them.
 *
 * @param places the first place that names it, by each class name
 */
record ServicesFiles(Map<String, String> places) {
  private static final int MOST_FILES = 1000;
  private static final int MOST_BYTES = 1 << 20;

  static String name(Class<?> service) {
    return "META-INF/services/" + service.getName();
  }

  static ServicesFiles read(Class<?> service, ClassLoader loader) throws IOException {
    Map<String, String> places = new TreeMap<>();
    int files = 0;
    for (URL file : Collections.list(loader.getResources(name(service)))) {
      if (++files <= MOST_FILES) {
        names(file).forEach(name -> places.putIfAbsent(name, file.toString()));
      }
    }
    return new ServicesFiles(places);
  }

  private static Set<String> names(URL file) throws IOException {
    URLConnection connection = file.openConnection();
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
}
