package dev.bobbin.testservers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bobbin.xmpp.api.jid.Jid;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What holds for every server: it is there when it was started, and gone when it was closed. */
@Timeout(60)
@ExtendWith(SharedServers.Resolver.class)
class RealServerTest {
  private static final Map<String, String> ACCOUNTS =
      Map.of("juliet", "r0m30", "romeo", "\"\\~<&'%{jul13t");

  @ParameterizedTest
  @EnumSource(ServerSoftware.class)
  void close_started_leavesNothing(ServerSoftware software) {
    software.require();
    RealServer server = software.builder("example.org").accounts(ACCOUNTS).start();
    assertThat(server.software()).isEqualTo(software);
    assertThat(server.domain()).isEqualTo("example.org");
    assertThat(server.accounts()).isEqualTo(ACCOUNTS);
    assertThat(server)
        .hasToString(software + " of example.org on localhost/127.0.0.1:" + server.port());
    ProcessHandle process = server.process();
    List<ProcessHandle> descendants = process.descendants().toList();
    Path folder = server.folder();
    assertThat(process.isAlive()).isTrue();
    assertThat(folder).isDirectory();

    server.close();
    server.close();

    assertThat(process.isAlive()).isFalse();
    assertThat(descendants).allMatch(ChildProcess::hasEnded);
    assertThat(folder).doesNotExist();
    assertThatThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), server.port()).close())
        .isInstanceOf(ConnectException.class);
  }

  @ParameterizedTest
  @EnumSource(ServerSoftware.class)
  void start_twice_givesTwoServersThatShareNothing(ServerSoftware software, SharedServers servers) {
    RealServer other = servers.of(software);
    try (RealServer one = software.builder("example.org").start()) {
      List<ProcessHandle> descendants = one.process().descendants().toList();
      assertThat(one.port()).isNotEqualTo(other.port());
      assertThat(one.certificate()).isNotEqualTo(other.certificate());

      one.kill();

      assertThat(one.process().isAlive()).isFalse();
      assertThat(descendants).allMatch(ChildProcess::hasEnded);
      assertThat(other.process().isAlive()).isTrue();
      one.close();
      assertThat(one.certificate()).doesNotExist();
    }
  }

  /** Otherwise each test run that is ended by force would leave a server behind. */
  @ParameterizedTest
  @EnumSource(ServerSoftware.class)
  void server_whoseStarterIsKilled_endsToo(ServerSoftware software) throws Exception {
    software.require();
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
                    Starter.class.getName(),
                    software.name()))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader said =
        new BufferedReader(
            new InputStreamReader(starter.getInputStream(), StandardCharsets.UTF_8))) {
      Path folder = Path.of(said.readLine());
      ProcessHandle server = ProcessHandle.of(Long.parseLong(said.readLine())).orElseThrow();
      List<ProcessHandle> family = Stream.concat(Stream.of(server), server.descendants()).toList();
      assertThat(family).allMatch(ProcessHandle::isAlive);

      starter.destroyForcibly().waitFor(10, TimeUnit.SECONDS);

      assertThat(ChildProcess.awaitEnd(family, 10)).isTrue();
      new ServerFolder(folder).close();
    } finally {
      starter.destroyForcibly();
    }
  }

  /** A program that starts a server and never ends it. */
  static final class Starter {
    private Starter() {}

    public static void main(String[] arguments) throws IOException {
      RealServer server = ServerSoftware.valueOf(arguments[0]).builder("example.org").start();
      System.out.println(server.folder());
      System.out.println(server.process().pid());
      System.in.read();
    }
  }
}
