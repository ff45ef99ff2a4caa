package dev.bobbin.testservers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bobbin.testservers.ServerPlace.Ports;
import dev.bobbin.xmpp.api.XmppException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
@ExtendWith(SharedServers.Resolver.class)
class EjabberdServerTest {
  @TempDir private Path temporary;

  @BeforeAll
  static void requireEjabberd() {
    ServerRequirement.require("ejabberd");
  }

  private void configure(Ports ports, VirtualHost host) throws IOException {
    ServerSettings settings = ServerSettings.of(host);
    new EjabberdConfig(settings, ServerPlace.create(settings, ports, temporary)).write();
  }

  @Test
  void listening_portTaken_isSeenInTheLog() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      configure(new Ports(0, taken.getLocalPort()), VirtualHost.of("example.org"));

      assertThat(EjabberdServer.listening(temporary)).isNull();
    }
  }

  @Test
  void listening_brokenConfiguration_failsWithTheEndOfTheLog() throws Exception {
    configure(ServerStart.freePorts(), VirtualHost.of("example.org"));
    Files.writeString(temporary.resolve(EjabberdConfig.CONFIG), "hosts: [\"example.org\"");

    assertThatThrownBy(() -> EjabberdServer.listening(temporary))
        .isInstanceOf(XmppException.class)
        .hasMessageContaining("erl' ended with status 1")
        .hasMessageContaining(EjabberdConfig.CONFIG);
  }

  /** Without its accounts a server would only fail later, and less clearly. */
  @Test
  void listening_accountThatIsRefused_failsWithTheEndOfTheLog() throws Exception {
    configure(ServerStart.freePorts(), VirtualHost.of("example.org").account("juliet", "\u0007"));

    assertThatThrownBy(() -> EjabberdServer.listening(temporary))
        .isInstanceOf(XmppException.class)
        .hasMessageContaining("erl' ended with status 1")
        .hasMessageContaining("invalid_");
  }

  @Test
  void start_asANode_isKnownToNobody(SharedServers servers) {
    RealServer server = servers.of(ServerSoftware.EJABBERD);
    Path folder = server.folder();

    assertThat(server.process().descendants().map(ProcessHandle::info))
        .noneMatch(info -> info.command().orElse("").endsWith("epmd"));
    assertThat(folder.resolve("ejabberd.out"))
        .content()
        .contains("is started in the node nonode@nohost");
    assertThat(folder.resolve(".erlang.cookie")).doesNotExist();
  }

  @Test
  void installation_scriptOfAnotherMaking_isToldApart() throws Exception {
    Path script =
        Files.writeString(temporary.resolve("ejabberdctl"), "ERL=\"/opt/erl\"\nERL_LIBS=$X");

    assertThatThrownBy(() -> EjabberdInstallation.said(script))
        .isInstanceOf(IOException.class)
        .hasMessage(script + " does not say what ERL_LIBS is; Debian's does");
    Files.writeString(script, "#!/bin/sh\nERL=\"/opt/erl\"\nERL_LIBS='/opt/lib'\n");
    assertThat(EjabberdInstallation.said(script))
        .isEqualTo(new EjabberdInstallation("/opt/erl", "/opt/lib"));
  }
}
