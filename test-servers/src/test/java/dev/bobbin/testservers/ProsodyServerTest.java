package dev.bobbin.testservers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bobbin.xmpp.api.XmppException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ProsodyServerTest {
  @BeforeAll
  static void requireProsody() {
    ServerRequirement.require("prosody");
  }

  @Test
  void listening_portTaken_isSeenInTheLog(@TempDir Path temporary) throws Exception {
    ServerFolder folder = new ServerFolder(temporary);
    ServerCertificate certificate = ServerCertificate.create("example.org", folder);
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = taken.getLocalPort();
      Path config = new ProsodyConfig(settings(), port, certificate, temporary).write();

      assertThat(ProsodyServer.listening(config, port, temporary.resolve("prosody.log"))).isNull();
    }
  }

  private static ServerSettings settings() {
    return new ServerSettings(
        "example.org", Map.of(), "example.org", ServerSettings.Passwords.SHA_1, "");
  }

  @Test
  void listening_brokenConfiguration_failsWithTheEndOfTheLog(@TempDir Path temporary)
      throws Exception {
    Path config = Files.writeString(temporary.resolve("prosody.cfg.lua"), "this is no Lua");

    assertThatThrownBy(() -> ProsodyServer.listening(config, 1, temporary.resolve("prosody.log")))
        .isInstanceOf(XmppException.class)
        .hasMessageContaining("'prosody' ended with status ")
        .hasMessageContaining("prosody.cfg.lua");
  }
}
