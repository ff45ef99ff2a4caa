package dev.bobbin.packaging;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * Jars with providers of stores, as strangers build them: each a module, listed in a services file
 * as well.
 */
final class ProviderJars {
  private static final String SERVICES =
      "META-INF/services/dev.bobbin.xmpp.bob.spi.BobStoreProvider";

  private final Path folder;

  /** Compiles into a folder: some against the SPI as it is, the others against another one. */
  ProviderJars(Path folder, List<ProviderSource> present, List<ProviderSource> old)
      throws IOException {
    this.folder = folder;
    compile(present, List.of());
    Path spi = folder.resolve("spi");
    List<Path> sources = new ArrayList<>();
    for (var source : OldSpi.sources().entrySet()) {
      sources.add(
          write(folder.resolve("spi-src").resolve(source.getKey() + ".java"), source.getValue()));
    }
    javac(
        List.of("-d", spi.toString(), "--class-path", ChildJvm.joined(Built.jars()), "-proc:none"),
        sources);
    compile(old, List.of("--patch-module", "dev.bobbin.xmpp.bob=" + spi));
    for (ProviderSource source : Stream.concat(present.stream(), old.stream()).toList()) {
      pack(source);
    }
  }

  /** A provider's jar by its name. */
  Path jar(String name) {
    Path jar = folder.resolve(name + ".jar");
    if (!Files.exists(jar)) {
      throw new AssertionError("no provider '" + name + "' was compiled");
    }
    return jar;
  }

  /** A jar with nothing but a services file. */
  void listing(String name, String listed) throws IOException {
    try (JarOutputStream out = create(name)) {
      entry(out, SERVICES, listed.getBytes(UTF_8));
    }
  }

  private void compile(List<ProviderSource> sources, List<String> more) throws IOException {
    List<Path> files = new ArrayList<>();
    for (ProviderSource source : sources) {
      Path module = folder.resolve("src").resolve(source.module());
      Path own = module.resolve(source.module().replace('.', '/'));
      files.add(write(module.resolve("module-info.java"), source.moduleInfo()));
      files.add(write(own.resolve("Provider.java"), source.provider()));
      files.add(write(own.resolve("Kept.java"), source.kept()));
    }
    List<String> options =
        new ArrayList<>(
            List.of(
                "-d",
                folder.resolve("classes").toString(),
                "--module-source-path",
                folder.resolve("src").toString(),
                "--module-path",
                Built.lib().toString(),
                "-proc:none"));
    options.addAll(more);
    javac(options, files);
  }

  private static Path write(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  private static void javac(List<String> options, List<Path> sources) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter said = new StringWriter();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      if (!compiler
          .getTask(said, files, null, options, null, files.getJavaFileObjectsFromPaths(sources))
          .call()) {
        throw new AssertionError("javac said: " + said);
      }
    }
  }

  private void pack(ProviderSource source) throws IOException {
    Path classes = folder.resolve("classes").resolve(source.module());
    try (JarOutputStream out = create(source.name());
        Stream<Path> files = Files.walk(classes)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String name = file.getFileName().toString().replace(".class", "");
        if (!source.omitted().contains(name)) {
          String path = classes.toUri().relativize(file.toUri()).getPath();
          entry(out, path, Files.readAllBytes(file));
        }
      }
      entry(out, SERVICES, (source.module() + ".Provider\n").getBytes(UTF_8));
    }
  }

  private JarOutputStream create(String name) throws IOException {
    return new JarOutputStream(Files.newOutputStream(folder.resolve(name + ".jar")));
  }

  private static void entry(JarOutputStream out, String name, byte[] bytes) throws IOException {
    out.putNextEntry(new JarEntry(name));
    out.write(bytes);
  }
}
