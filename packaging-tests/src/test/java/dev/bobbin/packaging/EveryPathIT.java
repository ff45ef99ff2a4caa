package dev.bobbin.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bobbin.xmpp.testkit.LoopbackServer;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The same application, with the same assertions, on every path and packed in every way. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EveryPathIT {
  static final String PROBE = "dev.bobbin.packaging.Probe";
  private static final String MODULE = "dev.bobbin.packaging/" + PROBE;

  /** How many assertions there are: fewer would mean that the program ended early. */
  private static final int ASSERTIONS = 11;

  private LoopbackServer server;
  private LoopbackNameServer names;
  private Path certificate;

  @BeforeAll
  void startServer(@TempDir Path shared) throws Exception {
    server =
        LoopbackServer.builder("example.org")
            .account("juliet", "r0m30")
            .account("romeo", "jul13t")
            .start();
    names = new LoopbackNameServer(server.address().getPort());
    certificate = shared.resolve("server.pem");
    server.writeCertificate(certificate);
  }

  @AfterAll
  void stopServer() {
    names.close();
    server.close();
  }

  private String[] arguments(boolean named, Path folder, String... first) {
    List<String> own =
        List.of(
            "named=" + named,
            "directory=" + folder.resolve("bob"),
            "dns=" + names.port(),
            "ca=" + certificate);
    return Stream.concat(Stream.of(first), own.stream()).toArray(String[]::new);
  }

  private static void assertAllWell(ChildJvm.Outcome outcome) {
    assertThat(outcome.output()).doesNotContain("FAILED").doesNotContain(" WARN ");
    assertThat(outcome.output().lines().filter(line -> line.startsWith("ok: ")))
        .as(outcome.output())
        .hasSize(ASSERTIONS);
    assertThat(outcome.status()).isZero();
  }

  @Test
  void probe_onTheModulePath_findsAndDoesAll(@TempDir Path folder) throws Exception {
    assertAllWell(
        new ChildJvm(folder)
            .modulePath(Built.jars())
            .run(arguments(true, folder, "--module", MODULE)));
  }

  @Test
  void probe_onTheClassPath_findsAndDoesAll(@TempDir Path folder) throws Exception {
    assertAllWell(
        new ChildJvm(folder).classPath(Built.jars()).run(arguments(false, folder, PROBE)));
  }

  @Test
  void probe_inOneJarWithMergedServices_findsAndDoesAll(@TempDir Path folder) throws Exception {
    assertAllWell(
        new ChildJvm(folder).run(arguments(false, folder, "-jar", Built.shaded().toString())));
  }

  @Test
  void probe_inAnImageAsReadmeMakesIt_findsAndDoesAll(@TempDir Path folder) throws Exception {
    Path image = folder.resolve("image");
    Jlink.run(Jlink.inReadme(image));

    assertThat(image.resolve("bin")).isDirectory();
    assertAllWell(new ChildJvm(image, folder).run(arguments(true, folder, "--module", MODULE)));
  }

  @Test
  void probe_inAnImageWithoutTheProvidersNamed_findsNoStores(@TempDir Path folder)
      throws Exception {
    Path image = folder.resolve("image");
    Jlink.run(
        Jlink.inReadme(image).stream()
            .map(word -> word.replaceAll("(^|,)(dev\\.bobbin\\.store|org\\.slf4j)\\.\\w+", ""))
            .toList());

    ChildJvm.Outcome probe =
        new ChildJvm(image, folder).run(arguments(true, folder, "--module", MODULE));
    assertThat(probe.output())
        .contains("FAILED: stores that are found: [] instead of [json-file, memory]")
        .contains("No SLF4J providers were found.");
    assertThat(probe.status()).isEqualTo(1);
    ChildJvm.Outcome stores =
        new ChildJvm(image, folder).run("--module", "dev.bobbin.packaging/" + StoreChoiceIT.PROBE);
    assertThat(stores.line("error: ")).contains("No BobStoreProvider was found. ");
  }
}
