package dev.bobbin.packaging;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;

/** All jars in one, as a careless packer makes it: of files with one name, only one is kept. */
final class PackedJar {
  private static final String SERVICES = "META-INF/services/";

  private PackedJar() {}

  /**
   * Packs jars. Services files are merged, but for that of one service, of which the last jar's
   * replaces the others'.
   *
   * @param file the jar to make
   * @param jars what goes in, in this order
   * @param overwritten the service whose files replace each other; none when null
   * @param dropped services whose files are left out
   */
  static Path write(Path file, List<Path> jars, String overwritten, String... dropped)
      throws IOException {
    Map<String, byte[]> services = new HashMap<>();
    Set<String> seen = new HashSet<>();
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(file))) {
      for (Path jar : jars) {
        try (JarFile in = new JarFile(jar.toFile())) {
          for (Enumeration<JarEntry> entries = in.entries(); entries.hasMoreElements(); ) {
            JarEntry entry = entries.nextElement();
            String name = entry.getName();
            if (entry.isDirectory() || name.endsWith("module-info.class")) {
              continue;
            }
            try (InputStream bytes = in.getInputStream(entry)) {
              if (!name.startsWith(SERVICES)) {
                if (seen.add(name)) {
                  out.putNextEntry(new JarEntry(name));
                  bytes.transferTo(out);
                }
              } else if (name.equals(SERVICES + overwritten)) {
                services.put(name, bytes.readAllBytes());
              } else {
                services.merge(name, bytes.readAllBytes(), PackedJar::lines);
              }
            }
          }
        }
      }
      List.of(dropped).forEach(service -> services.remove(SERVICES + service));
      for (Map.Entry<String, byte[]> service : services.entrySet()) {
        out.putNextEntry(new JarEntry(service.getKey()));
        out.write(service.getValue());
      }
    }
    return file;
  }

  private static byte[] lines(byte[] first, byte[] second) {
    byte[] both = new byte[first.length + 1 + second.length];
    System.arraycopy(first, 0, both, 0, first.length);
    both[first.length] = '\n';
    System.arraycopy(second, 0, both, first.length + 1, second.length);
    return both;
  }
}
