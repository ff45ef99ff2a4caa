package dev.bobbin.testservers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bobbin.testservers.ServerPlace.Ports;
import dev.bobbin.xmpp.api.XmppException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ProsodyServerTest {
  @TempDir private Path temporary;

  @BeforeAll
  static void requireProsody() {
    ServerRequirement.require("prosody");
  }

  @Test
  void listening_portTaken_isSeenInTheLog() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Path config = config(new Ports(0, taken.getLocalPort()), VirtualHost.of("example.org"));

      assertThat(ProsodyServer.listening(config, temporary.resolve("prosody.log"))).isNull();
    }
  }

  private Path config(Ports ports, VirtualHost host) throws Exception {
    ServerSettings settings = ServerSettings.of(host);
    return new ProsodyConfig(settings, ServerPlace.create(settings, ports, temporary)).write();
  }

  /** Without its accounts a server would only fail later, and less clearly. */
  @Test
  void listening_accountThatIsRefused_failsWithTheEndOfTheLog() throws Exception {
    Path config =
        config(ServerStart.freePorts(), VirtualHost.of("example.org").account("juliet", "\u0007"));

    assertThatThrownBy(() -> ProsodyServer.listening(config, temporary.resolve("prosody.log")))
        .isInstanceOf(XmppException.class)
        .hasMessageContaining("'prosody' ended with status 1")
        .hasMessageContaining("no accounts: ");
  }

  @Test
  void listening_brokenConfiguration_failsWithTheEndOfTheLog() throws Exception {
    Path config = Files.writeString(temporary.resolve("prosody.cfg.lua"), "this is no Lua");

    assertThatThrownBy(() -> ProsodyServer.listening(config, temporary.resolve("prosody.log")))
        .isInstanceOf(XmppException.class)
        .hasMessageContaining("'prosody' ended with status ")
        .hasMessageContaining("prosody.cfg.lua");
  }
}
