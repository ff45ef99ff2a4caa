package dev.bobbin.testservers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bobbin.xmpp.api.XmppException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

class RedisServerTest {
  @Test
  void kill_thenStartAgain_hasWhatWasDurable() {
    ServerRequirement.require("redis");
    RedisServer server = RedisServer.start("appendonly yes", "appendfsync always");
    try (server) {
      assertThat(server.command("SET", "a", "b c")).isEqualTo("OK");
      server.kill();
      assertThatThrownBy(() -> server.command("PING")).isInstanceOf(UncheckedIOException.class);
      server.startAgain();
      assertThat(server.command("GET", "a")).isEqualTo("b c");
      assertThatThrownBy(() -> server.command("NO-SUCH"))
          .isInstanceOf(XmppException.class)
          .hasMessageContaining("unknown command");
    }
    assertThat(server.folder()).doesNotExist();
    assertThatThrownBy(() -> server.command("PING")).isInstanceOf(UncheckedIOException.class);
  }

  @Test
  void start_always_keepsAllInAFolderOfItsOwn() {
    ServerRequirement.require("redis");
    try (RedisServer server = RedisServer.start()) {
      assertThat(server.command("INFO", "server"))
          .contains("config_file:" + server.folder().toAbsolutePath());
      assertThat(Files.isDirectory(server.folder())).isTrue();
    }
  }
}
