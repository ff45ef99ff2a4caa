package dev.bobbin.testservers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bobbin.xmpp.api.XmppException;
import dev.bobbin.xmpp.api.jid.Jid;
import dev.bobbin.xmpp.api.jid.MalformedJidException;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
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
  void close_endsTheProcessAndRemovesItsFolder() throws Exception {
    ProsodyServer server = ProsodyServer.start("example.org", Map.of());
    ProcessHandle process = server.process();
    Path folder = server.certificate().getParent();
    assertThat(process.isAlive()).isTrue();
    assertThat(folder).isDirectory();

    server.close();
    server.close();

    assertThat(process.isAlive()).isFalse();
    assertThat(folder).doesNotExist();
    assertThatThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), server.port()).close())
        .isInstanceOf(ConnectException.class);
  }

  @Test
  void kill_thenClose_removesTheFolder() {
    ProsodyServer server = ProsodyServer.start("example.org", Map.of());

    server.kill();

    assertThat(server.process().isAlive()).isFalse();
    server.close();
    assertThat(server.certificate()).doesNotExist();
  }

  @Test
  void start_twice_givesTwoServersThatShareNothing() {
    try (ProsodyServer one = ProsodyServer.start("example.org", Map.of());
        ProsodyServer other = ProsodyServer.start("example.org", Map.of())) {
      assertThat(one.port()).isNotEqualTo(other.port());
      assertThat(one.certificate()).isNotEqualTo(other.certificate());
    }
  }

  /** Otherwise each test run that is ended by force would leave a server behind. */
  @Test
  void prosody_whoseStarterIsKilled_endsToo() throws Exception {
    Path modules = Path.of(Jid.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    Process starter =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-cp",
                    String.join(
                        File.pathSeparator,
                        "target/test-classes",
                        "target/classes",
                        modules.toString()),
                    Starter.class.getName()))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader said =
        new BufferedReader(
            new InputStreamReader(starter.getInputStream(), StandardCharsets.UTF_8))) {
      Path folder = Path.of(said.readLine());
      ProcessHandle prosody = ProcessHandle.of(Long.parseLong(said.readLine())).orElseThrow();
      assertThat(prosody.isAlive()).isTrue();

      starter.destroyForcibly().waitFor(10, TimeUnit.SECONDS);

      prosody.onExit().get(10, TimeUnit.SECONDS);
      new ServerFolder(folder).close();
    } finally {
      starter.destroyForcibly();
    }
  }

  /** A program that starts a server and never ends it. */
  static final class Starter {
    private Starter() {}

    public static void main(String[] arguments) throws IOException {
      ProsodyServer server = ProsodyServer.start("example.org", Map.of());
      System.out.println(server.certificate().getParent());
      System.out.println(server.process().pid());
      System.in.read();
    }
  }

  @Test
  void listening_portTaken_isSeenInTheLog(@TempDir Path temporary) throws Exception {
    ServerFolder folder = new ServerFolder(temporary);
    ServerCertificate certificate = ServerCertificate.create("example.org", folder);
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Path config =
          new ProsodyConfig("example.org", taken.getLocalPort(), "SHA-1", certificate, temporary)
              .write();

      assertThat(
              ProsodyServer.listening(
                  config, taken.getLocalPort(), temporary.resolve("prosody.log")))
          .isNull();
    }
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

  @Test
  void run_commandThatTakesTooLong_isEnded(@TempDir Path temporary) {
    assertThatThrownBy(
            () ->
                ChildProcess.run(
                    List.of("sleep", "60"), temporary.resolve("log"), Duration.ofMillis(50)))
        .isInstanceOf(XmppException.class)
        .hasMessageContaining("'sleep' took more than");
  }

  @Test
  void builder_nameThatIsNone_isRefused() {
    assertThatThrownBy(() -> ProsodyServer.builder("example.org\"\nlog = \""))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> ProsodyServer.builder("-config"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> ProsodyServer.builder("example.org").account("a@b", "x"))
        .isInstanceOf(MalformedJidException.class);
    assertThatThrownBy(() -> ProsodyServer.builder("example.org").account("juliet", ""))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> ProsodyServer.builder("example.org").passwordHash("MD5"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
