package dev.bobbin.xmpp.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Small artifacts, compiled here: a module that provides {@code Runnable} with One and Two. */
class ProviderDeclarationsTest {
  private static final String MODULE = "module m { provides Runnable with p.One, p.Two; }";

  @TempDir private static Path artifact;
  @TempDir private static Path withoutModule;

  @BeforeAll
  static void compile(@TempDir Path sources) throws IOException {
    for (String name : new String[] {"One", "Two", "Three"}) {
      Files.writeString(
          sources.resolve(name + ".java"),
          "package p; public class " + name + " implements Runnable { public void run() {} }");
    }
    Files.writeString(sources.resolve("module-info.java"), MODULE);
    javac(artifact, sources, "module-info", "One", "Two", "Three");
    javac(withoutModule, sources, "One");
  }

  private static void javac(Path target, Path sources, String... names) {
    String[] args = new String[2 + names.length];
    args[0] = "-d";
    args[1] = target.toString();
    for (int i = 0; i < names.length; i++) {
      args[2 + i] = sources.resolve(names[i] + ".java").toString();
    }
    assertThat(ToolProvider.findFirst("javac").orElseThrow().run(System.out, System.err, args))
        .isZero();
  }

  /** Checks an artifact whose file of services says this, or that has none. */
  private static void check(Path directory, String provider, String services) throws Exception {
    Path file = directory.resolve("META-INF/services/java.lang.Runnable");
    Files.createDirectories(file.getParent());
    if (services.isEmpty()) {
      Files.deleteIfExists(file);
    } else {
      Files.writeString(file, services);
    }
    try (URLClassLoader loader = new URLClassLoader(new URL[] {directory.toUri().toURL()}, null)) {
      ProviderDeclarations.assertAgree(Runnable.class, loader.loadClass(provider));
    }
  }

  @Test
  void assertAgree_sameClassesInAnyOrderWithComments_passes() throws Exception {
    check(artifact, "p.One", "# ours\np.Two # the second\n\n p.One \n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"p.One", "p.One\np.Two\np.Three", "p.One\np.One", "p.One\np.Three"})
  void assertAgree_otherClassesInTheFile_fails(String services) {
    assertThatThrownBy(() -> check(artifact, "p.One", services))
        .isInstanceOf(AssertionError.class)
        .hasMessage(
            "META-INF/services/java.lang.Runnable lists [%s], module-info provides [p.One, p.Two]",
            services.replace("\n", ", "));
  }

  @Test
  void assertAgree_noFile_fails() {
    assertThatThrownBy(() -> check(artifact, "p.One", ""))
        .isInstanceOf(AssertionError.class)
        .hasMessage("There is no META-INF/services/java.lang.Runnable");
  }

  @Test
  void assertAgree_providerThatIsInNeither_fails() {
    assertThatThrownBy(() -> check(artifact, "p.Three", "p.One\np.Two"))
        .isInstanceOf(AssertionError.class)
        .hasMessage("module-info provides java.lang.Runnable with [p.One, p.Two], without p.Three");
  }

  @Test
  void assertAgree_noModule_fails() {
    assertThatThrownBy(() -> check(withoutModule, "p.One", "p.One"))
        .isInstanceOf(AssertionError.class)
        .hasMessage("There is no module-info in " + withoutModule);
  }

  @Test
  void assertAgree_classOfTheJdk_fails() {
    assertThatThrownBy(() -> ProviderDeclarations.assertAgree(Runnable.class, Thread.class))
        .isInstanceOf(AssertionError.class)
        .hasMessage("java.lang.Thread comes from no jar and no directory");
  }
}
