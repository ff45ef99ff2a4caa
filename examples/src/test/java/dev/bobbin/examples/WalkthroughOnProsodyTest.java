package dev.bobbin.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bobbin.testservers.ProsodyServer;
import dev.bobbin.testservers.ServerRequirement;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class WalkthroughOnProsodyTest {
  @Test
  void run_onProsody_saysEachStepAndLeavesTheFile(@TempDir Path directory) throws Exception {
    ServerRequirement.require("prosody");
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    try (ProsodyServer server =
        ProsodyServer.start("bobbin.example", Map.of("juliet", "r0m30", "romeo", "jul13t"))) {
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
