package dev.bobbin.xmpp.api.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One row for each rule: which classes in the service's own jar count as overlooked. */
class PackedProvidersTest {
  private static final String LISTING = "META-INF/services/fruit.Tree";
  private static final String APPLE = "package fruit; public class Apple implements Tree {}";

  @TempDir private Path folder;
  private CompiledJar jar;
  private URLClassLoader loader;

  @BeforeEach
  void beginJar() {
    jar = new CompiledJar(folder).source("fruit/Tree", "package fruit; public interface Tree {}");
  }

  @AfterEach
  void closeJar() throws IOException {
    loader.close();
  }

  private Class<?> service(Path... more) throws Exception {
    return load(jar.write(), more);
  }

  private Class<?> load(Path made, Path... more) throws Exception {
    URL[] urls = new URL[more.length + 1];
    urls[0] = made.toUri().toURL();
    for (int i = 0; i < more.length; i++) {
      urls[i + 1] = more[i].toUri().toURL();
    }
    loader = new URLClassLoader(urls, null);
    return loader.loadClass("fruit.Tree");
  }

  private String overlooked(Class<?> service) {
    return overlooked(ServiceLocation.of(loader), service);
  }

  private static String overlooked(ServiceLocation location, Class<?> service) {
    return location.overlooked(Test.class, service).orElse("");
  }

  @Test
  void overlooked_unlisted_namesAllWithPlaceCauseAndWhatToDo() throws Exception {
    jar.source("fruit/Apple", APPLE)
        .source("fruit/Pear", "package fruit; public class Pear implements Tree {}")
        .source("fruit/Plum", "package fruit; public class Plum implements Tree {}")
        .file(LISTING, "fruit.Plum\n");

    assertThat(overlooked(service()))
        .isEqualTo(
            "fruit.Apple, fruit.Pear in "
                + folder.resolve("made.jar")
                + ", which no META-INF/services/fruit.Tree names: where jars were packed into one,"
                + " that file of one replaced those of the others. Have them merged");
  }

  @Test
  void overlooked_listedAnywhere_isNot() throws Exception {
    jar.source("fruit/Apple", APPLE);
    Path other = Files.createDirectories(folder.resolve("other"));
    Files.createDirectories(other.resolve("META-INF/services"));
    Files.writeString(other.resolve(LISTING), "# here\n fruit.Apple # too\n");

    assertThat(overlooked(service(other))).isEmpty();
  }

  @Test
  void overlooked_noServicesFileAnywhere_isToldAllTheSame() throws Exception {
    jar.source("fruit/Apple", APPLE);

    assertThat(overlooked(service())).startsWith("fruit.Apple in ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "class Apple implements Tree { public Apple() {} }",
        "public abstract class Apple implements Tree {}",
        "public class Apple implements Tree { Apple() {} }",
        "public class Apple implements Tree { public Apple(int size) {} }",
        "public class Apple { public Tree tree() { return null; } }",
      })
  void overlooked_whatCannotBeListed_isNot(String source) throws Exception {
    jar.source("fruit/Apple", "package fruit; " + source);

    assertThat(overlooked(service())).isEmpty();
  }

  @Test
  void overlooked_whatCannotBeLinked_isNot() throws Exception {
    jar.source("fruit/Apple", "package fruit; public class Apple extends Base implements Tree {}")
        .source("fruit/Base", "package fruit; public class Base {}");

    assertThat(overlooked(load(jar.write("fruit/Base.class")))).isEmpty();
  }

  @Test
  void overlooked_initialiserThatThrows_isNotRun() throws Exception {
    jar.source(
        "fruit/Apple",
        "package fruit; public class Apple implements Tree { static final int SIZE = Integer.parseInt(\"none\"); }");

    assertThat(overlooked(service())).startsWith("fruit.Apple in ");
  }

  @Test
  void overlooked_askedAgain_readsTheJarOnceForEachLocation() throws Exception {
    jar.source("fruit/Apple", APPLE);
    Path made = jar.write();
    Class<?> service = load(made);
    ServiceLocation location = ServiceLocation.of(loader);
    String first = overlooked(location, service);

    Files.delete(made);
    assertThat(overlooked(location, service)).isEqualTo(first).startsWith("fruit.Apple in ");
    assertThat(overlooked(ServiceLocation.of(loader), service)).isEmpty();
  }

  @Test
  void beside_bound_countsClassesOnly() throws Exception {
    jar.source("fruit/Apple", APPLE);
    for (int i = 0; i < 10; i++) {
      jar.file("pictures/" + i + ".png", "").file("META-INF/versions/" + i + "/A.class", "");
    }
    Class<?> service = service();

    // Apple comes first, then Tree.
    assertThat(PackedProviders.beside(service, 1).names()).isEqualTo(List.of("fruit.Apple"));
    assertThat(PackedProviders.beside(service, 0).names()).isEmpty();
    assertThat(PackedProviders.beside(service).names()).isEqualTo(List.of("fruit.Apple"));
  }

  @Test
  void overlooked_inFolder_isNotLookedFor() throws Exception {
    jar.source("fruit/Apple", APPLE).write();

    assertThat(overlooked(load(folder.resolve("classes")))).isEmpty();
  }
}
