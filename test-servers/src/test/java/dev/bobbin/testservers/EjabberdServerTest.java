package dev.bobbin.testservers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bobbin.xmpp.api.XmppException;
import java.io.IOException;
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
class EjabberdServerTest {
  @TempDir private Path temporary;

  @BeforeAll
  static void requireEjabberd() {
    ServerRequirement.require("ejabberd");
  }

  private EjabberdConfig config(int port, Map<String, String> accounts) throws IOException {
    return new EjabberdConfig(
        new ServerSettings(
            "example.org", accounts, "example.org", ServerSettings.Passwords.SHA_1, ""),
        port,
        ServerCertificate.create("example.org", new ServerFolder(temporary)));
  }

  @Test
  void listening_portTaken_isSeenInTheLog() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      config(taken.getLocalPort(), Map.of()).write(temporary);

      assertThat(EjabberdServer.listening(temporary, taken.getLocalPort())).isNull();
    }
  }

  @Test
  void listening_brokenConfiguration_failsWithTheEndOfTheLog() throws Exception {
    config(1, Map.of()).write(temporary);
    Files.writeString(temporary.resolve(EjabberdConfig.CONFIG), "hosts: [\"example.org\"");

    assertThatThrownBy(() -> EjabberdServer.listening(temporary, 1))
        .isInstanceOf(XmppException.class)
        .hasMessageContaining("erl' ended with status 1")
        .hasMessageContaining(EjabberdConfig.CONFIG);
  }

  /** Without its accounts a server would only fail later, and less clearly. */
  @Test
  void listening_accountThatIsRefused_failsWithTheEndOfTheLog() throws Exception {
    config(0, Map.of("a@b", "c")).write(temporary);

    assertThatThrownBy(() -> EjabberdServer.listening(temporary, 0))
        .isInstanceOf(XmppException.class)
        .hasMessageContaining("erl' ended with status 1")
        .hasMessageContaining("invalid_jid");
  }

  @Test
  void start_asANode_isKnownToNobody() {
    try (EjabberdServer server = EjabberdServer.start("example.org", Map.of())) {
      Path folder = server.certificate().getParent();

      assertThat(server.process().descendants().map(ProcessHandle::info))
          .noneMatch(info -> info.command().orElse("").endsWith("epmd"));
      assertThat(folder.resolve("ejabberd.out"))
          .content()
          .contains("is started in the node nonode@nohost");
      assertThat(folder.resolve(".erlang.cookie")).doesNotExist();
    }
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
