package dev.bobbin.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bobbin.xmpp.api.xml.XmlElement;
import dev.bobbin.xmpp.testkit.LoopbackServer;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class WalkthroughTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private int run(String... args) {
    return Walkthrough.run(
        List.of(args), new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8));
  }

  @Test
  void run_onTheEmbeddedServer_saysEachStep(@TempDir Path directory) throws Exception {
    int code = run("--directory", directory.toString());

    assertThat(err.toString(UTF_8)).isEmpty();
    assertThat(code).isZero();
    assertThat(out.toString(UTF_8))
        .contains(" 2.  The plugin xep_0231 is on, with the store that was found: memory")
        .contains(" 7.  Read the bytes back from it: coucou")
        .contains("13.  An unknown content-id is answered item-not-found")
        .endsWith("Every step was as said." + System.lineSeparator());
    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactly("sha1+5ed25af7b1ed23fb00122e13d7f74c4d8262acd8@bob.xmpp.org");
    }
  }

  @Test
  void run_allOptionsInOneArgument_areTakenApart(@TempDir Path directory) {
    assertThat(run(" --directory  " + directory + " ")).isZero();
  }

  @Test
  void run_serverThatIsNotThere_exitsWithOneAndSaysWhy() {
    int code =
        run(
            "--server",
            "127.0.0.1:1",
            "--jid",
            "juliet@example.org",
            "--password",
            "x",
            "--peer-jid",
            "romeo@example.org",
            "--peer-password",
            "y");

    assertThat(code).isEqualTo(1);
    assertThat(err.toString(UTF_8))
        .contains("Cannot connect to 127.0.0.1:1; tried 127.0.0.1 port 1 (refused)");
  }

  @Test
  void run_directoryUsedBefore_writesTheFileAnew(@TempDir Path directory) throws Exception {
    Path file = directory.resolve("sha1+5ed25af7b1ed23fb00122e13d7f74c4d8262acd8@bob.xmpp.org");
    Files.writeString(file, "left over");

    assertThat(run("--directory", directory.toString())).isZero();
    assertThat(file).content(UTF_8).startsWith("{\"data\":\"Y291Y291\"");
  }

  @Test
  void run_bytesSpoiltOnTheWay_stopsAtThatStepAndExitsWithOne(@TempDir Path directory)
      throws Exception {
    try (LoopbackServer server =
        LoopbackServer.builder("bobbin.example")
            .account("juliet", "r0m30")
            .account("romeo", "jul13t")
            .intercept((from, stanza) -> List.of(spoilt(stanza)))
            .start()) {
      Path ca = directory.resolve("ca.pem");
      server.writeCertificate(ca);

      int code =
          run(
              "--server",
              "127.0.0.1:" + server.address().getPort(),
              "--ca",
              ca.toString(),
              "--jid",
              "juliet@bobbin.example",
              "--password",
              "r0m30",
              "--peer-jid",
              "romeo@bobbin.example",
              "--peer-password",
              "jul13t");

      assertThat(code).isEqualTo(1);
      assertThat(err.toString(UTF_8)).contains("does not have that hash");
      assertThat(out.toString(UTF_8))
          .contains(" 7.  Read the bytes back")
          .doesNotContain(" 8.  ")
          .doesNotContain("as said");
    }
  }

  private static XmlElement spoilt(XmlElement stanza) {
    if (stanza.child("data", "urn:xmpp:bob").filter(data -> !data.text().isEmpty()).isEmpty()) {
      return stanza;
    }
    XmlElement data = stanza.child("data", "urn:xmpp:bob").get();
    XmlElement.Builder other = XmlElement.builder("data", "urn:xmpp:bob").text("b3RoZXI=");
    data.attributes().forEach(a -> other.attribute(a.name(), a.value()));
    XmlElement.Builder spoilt = XmlElement.builder(stanza.name(), stanza.namespace());
    stanza.attributes().forEach(a -> spoilt.attribute(a.name(), a.value()));
    return spoilt.add(other.build()).build();
  }

  @Test
  void run_badOptions_exitsWithTwoAndSaysWhich() {
    assertThat(run("--sever", "localhost")).isEqualTo(2);
    assertThat(err.toString(UTF_8))
        .isEqualTo(
            "'--sever' is no option with a value; there are --ca, --directory, --jid, --password,"
                + " --peer-jid, --peer-password, --server"
                + System.lineSeparator());
  }

  @Test
  void run_serverWithoutAccounts_exitsWithTwo() {
    assertThat(run("--server", "localhost")).isEqualTo(2);
    assertThat(err.toString(UTF_8))
        .isEqualTo("With --server, --jid is needed" + System.lineSeparator());
  }
}
