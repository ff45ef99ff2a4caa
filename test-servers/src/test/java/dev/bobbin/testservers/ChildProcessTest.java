package dev.bobbin.testservers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bobbin.xmpp.api.XmppException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ChildProcessTest {
  @TempDir private Path temporary;

  @Test
  void run_commandThatTakesTooLong_isEnded() {
    assertThatThrownBy(
            () ->
                ChildProcess.run(
                    new ProcessBuilder("sleep", "60"),
                    temporary.resolve("log"),
                    Duration.ofMillis(50)))
        .isInstanceOf(XmppException.class)
        .hasMessageContaining("'sleep' took more than");
  }

  /** A child that does not care for its parent's end is ended all the same. */
  @Test
  void close_childThatOutlivesItsParent_isEnded() throws Exception {
    ChildProcess parent =
        ChildProcess.start(
            List.of("sh", "-c", "(trap '' TERM; exec sleep 600) & echo up; wait"),
            temporary.resolve("log"));
    assertThat(parent.orNullUnlessReady("up", "down", Duration.ofSeconds(10))).isSameAs(parent);
    List<ProcessHandle> descendants = parent.handle().descendants().toList();
    assertThat(descendants).isNotEmpty().allMatch(ProcessHandle::isAlive);

    parent.close();

    assertThat(parent.handle().isAlive()).isFalse();
    assertThat(descendants).allMatch(ChildProcess::hasEnded);
  }

  @Test
  void orNullUnlessReady_badNews_endsItAndGivesNull() throws Exception {
    ChildProcess child =
        ChildProcess.start(
            List.of("sh", "-c", "echo down; exec sleep 600"), temporary.resolve("log"));

    assertThat(child.orNullUnlessReady("up", "down", Duration.ofSeconds(10))).isNull();

    assertThat(child.handle().isAlive()).isFalse();
  }

  @Test
  void orNullUnlessReady_noNewsInTime_endsItAndSaysSo() throws Exception {
    ChildProcess child =
        ChildProcess.start(List.of("sh", "-c", "exec sleep 600"), temporary.resolve("log"));

    assertThatThrownBy(() -> child.orNullUnlessReady("up", "down", Duration.ofMillis(10)))
        .isInstanceOf(XmppException.class)
        .hasMessageContaining("'sh' was not ready after 0 s (is the machine too busy?)");

    assertThat(child.handle().isAlive()).isFalse();
  }
}
