package dev.bobbin.testservers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bobbin.xmpp.api.XmppException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
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

  /** So it is ended by its handle, and by nothing that could be another's. */
  @Test
  void start_always_isTheProcessThatWeHold() {
    ServerRequirement.require("redis");
    try (RedisServer server = RedisServer.start()) {
      ProcessHandle process = server.process();
      assertThat(server.command("INFO", "server")).contains("process_id:" + process.pid() + "\r\n");
      List<ProcessHandle> watchers = process.descendants().toList();
      assertThat(watchers).isNotEmpty();
      server.kill();
      assertThat(watchers).allMatch(ChildProcess::hasEnded);
    }
  }

  @Test
  void pipe_ends_endsTheServerAndItsWatchers() throws Exception {
    ServerRequirement.require("redis");
    try (RedisServer server = RedisServer.start()) {
      List<ProcessHandle> all = new ArrayList<>(server.process().descendants().toList());
      all.add(server.process());
      server.endPipe();
      assertThat(ChildProcess.awaitEnd(all, 10)).isTrue();
    }
  }
}
