package dev.bobbin.xmpp.api.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.module.Configuration;
import java.lang.module.ModuleFinder;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An application in a layer of its own, and the class path of the program around it. */
class ClassPathProvidersTest {
  private static final String TREE = "package fruit; public interface Tree {}";
  private static final String APPLE = "package apple; public class Apple implements fruit.Tree {}";
  private static final String LISTING = "META-INF/services/fruit.Tree";

  @TempDir private Path folder;

  private CompiledJar jar(String name) throws Exception {
    return new CompiledJar(Files.createDirectories(folder.resolve(name)));
  }

  private static ModuleLayer layer(ModuleLayer parent, Path jar, String module, ClassLoader from) {
    Configuration configuration =
        parent.configuration().resolve(ModuleFinder.of(jar), ModuleFinder.of(), List.of(module));
    return parent.defineModulesWithOneLoader(configuration, from);
  }

  private static String overlooked(Class<?> asking, Class<?> service) {
    return ServiceLocation.automatic().overlooked(asking, service).orElse("");
  }

  @Test
  void overlooked_hostHasItsOwnCopyOfTheService_isNoneOfOurs() throws Exception {
    Path host =
        jar("host")
            .source("fruit/Tree", TREE)
            .source("apple/Apple", APPLE)
            .file(LISTING, "apple.Apple")
            .write();
    Path ours =
        jar("ours").source("fruit/Tree", TREE).source("module-info", "module fruit {}").write();

    try (URLClassLoader classPath = new URLClassLoader(new URL[] {host.toUri().toURL()})) {
      ModuleLayer layer = layer(ModuleLayer.boot(), ours, "fruit", classPath);
      Class<?> service = layer.findLoader("fruit").loadClass("fruit.Tree");
      Class<?> theirs = classPath.loadClass("fruit.Tree");

      assertThat(service).isNotSameAs(theirs);
      assertThat(overlooked(service, service)).isEmpty();
    }
  }

  @Test
  void overlooked_providerInAParentLayer_isFoundThere() throws Exception {
    Path parent =
        jar("parent")
            .source("fruit/Tree", TREE)
            .source("apple/Apple", APPLE)
            .source(
                "module-info",
                "module fruit { exports fruit; provides fruit.Tree with apple.Apple; }")
            .file(LISTING, "apple.Apple")
            .write();
    Path child =
        jar("child")
            .compiledWith("--module-path", parent.toString())
            .source("ask/Asking", "package ask; public class Asking {}")
            .source("module-info", "module ask { requires fruit; uses fruit.Tree; }")
            .write();
    ModuleLayer below =
        layer(ModuleLayer.boot(), parent, "fruit", ClassLoader.getSystemClassLoader());
    Class<?> service = below.findLoader("fruit").loadClass("fruit.Tree");
    ModuleLayer layer = layer(below, child, "ask", below.findLoader("fruit"));
    Class<?> asking = layer.findLoader("ask").loadClass("ask.Asking");

    assertThat(asking.getClassLoader().getResources(LISTING).hasMoreElements()).isTrue();
    assertThat(overlooked(asking, service)).isEmpty();
  }
}
