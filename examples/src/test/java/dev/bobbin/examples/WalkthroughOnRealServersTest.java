package dev.bobbin.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bobbin.testservers.RealServer;
import dev.bobbin.testservers.ServerSoftware;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(120)
class WalkthroughOnRealServersTest {
  @ParameterizedTest
  @EnumSource(ServerSoftware.class)
  void run_onARealServer_saysEachStepAndLeavesTheFile(
      ServerSoftware software, @TempDir Path directory) {
    software.require();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    try (RealServer server =
        software
            .builder("bobbin.example")
            .account("juliet", "r0m30")
            .account("romeo", "jul13t")
            .start()) {
      String options =
          String.join(
              " ",
              "--server 127.0.0.1:" + server.port(),
              "--jid juliet@bobbin.example/balcony --password r0m30",
              "--peer-jid romeo@bobbin.example/orchard --peer-password jul13t",
              "--ca " + server.certificate(),
              "--directory " + directory);

      int code =
          Walkthrough.run(
              List.of(options),
              new PrintStream(out, true, UTF_8),
              new PrintStream(err, true, UTF_8));

      assertThat(err.toString(UTF_8)).isEmpty();
      assertThat(code).isZero();
      assertThat(out.toString(UTF_8))
          .contains(" 1.  Two clients are logged in: juliet@bobbin.example/balcony and romeo@")
          .contains("The hash in the content-id is that of the bytes that came")
          .contains("13.  An unknown content-id is answered item-not-found");
      assertThat(directory.resolve("sha1+5ed25af7b1ed23fb00122e13d7f74c4d8262acd8@bob.xmpp.org"))
          .content(UTF_8)
          .isEqualTo(
              "{\"data\":\"Y291Y291\",\"type\":\"text/plain\","
                  + "\"cid\":\"sha1+5ed25af7b1ed23fb00122e13d7f74c4d8262acd8@bob.xmpp.org\","
                  + "\"max_age\":null}");
    }
  }
}
