package dev.bobbin.xmpp.api.plugin;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;

/** A jar of what is compiled for one test. */
final class CompiledJar {
  private final Path folder;
  private final List<String> options = new ArrayList<>();
  private final Map<String, String> sources = new LinkedHashMap<>();
  private final Map<String, String> files = new LinkedHashMap<>();

  /** Made in a folder of its own. */
  CompiledJar(Path folder) {
    this.folder = folder;
  }

  CompiledJar compiledWith(String... more) {
    options.addAll(List.of(more));
    return this;
  }

  /** A source file by its path without {@code .java}. */
  CompiledJar source(String path, String text) {
    sources.put(path, text);
    return this;
  }

  CompiledJar file(String path, String text) {
    files.put(path, text);
    return this;
  }

  Path write(String... omitted) throws IOException {
    Path classes = Files.createDirectories(folder.resolve("classes"));
    List<String> arguments = new ArrayList<>(options);
    arguments.addAll(List.of("-proc:none", "-d", classes.toString()));
    for (Map.Entry<String, String> source : sources.entrySet()) {
      Path file = folder.resolve("src").resolve(source.getKey() + ".java");
      Files.createDirectories(file.getParent());
      arguments.add(Files.writeString(file, source.getValue()).toString());
    }
    StringWriter said = new StringWriter();
    PrintWriter writer = new PrintWriter(said, true);
    if (ToolProvider.findFirst("javac")
            .orElseThrow()
            .run(writer, writer, arguments.toArray(String[]::new))
        != 0) {
      throw new AssertionError("javac said: " + said);
    }
    Path jar = folder.resolve("made.jar");
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
        Stream<Path> made = Files.walk(classes)) {
      for (Map.Entry<String, String> file : files.entrySet()) {
        entry(out, file.getKey(), file.getValue().getBytes(UTF_8));
      }
      for (Path file : made.filter(Files::isRegularFile).sorted().toList()) {
        String name = classes.relativize(file).toString().replace('\\', '/');
        if (!List.of(omitted).contains(name)) {
          entry(out, name, Files.readAllBytes(file));
        }
      }
    }
    return jar;
  }

  private static void entry(JarOutputStream out, String name, byte[] bytes) throws IOException {
    out.putNextEntry(new JarEntry(name));
    out.write(bytes);
  }
}
