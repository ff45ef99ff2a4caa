package dev.bobbin.xmpp.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A server that sends more than is handled, and what takes much memory, to a client in a heap of 64
 * MiB.
 */
@Timeout(60)
class FloodTest {
  private static final int STANZA_BYTES = 64 * 1024;

  @TempDir Path directory;

  /** A stanza of nearly the greatest size that is allowed by default. */
  private static String stanza(String before, String repeated, String after) {
    int room = STANZA_BYTES - before.length() - after.length();
    return before + repeated.repeat(room / repeated.length()) + after;
  }

  /** As often as passes the bound, and as the heap would not hold where that is much. */
  private static ScriptedServer.Script flood(int times, String stanza) {
    return peer -> {
      peer.login();
      try {
        for (int i = 0; i < times; i++) {
          peer.send(stanza);
        }
      } catch (IOException e) {
        // The client has waited long enough for us to end.
      }
      peer.readToEnd();
    };
  }

  /** Until one is refused, whose place the next connection's requests do not get either. */
  private static ScriptedServer.Script requests(String payload) {
    return peer -> {
      peer.login();
      int sent = 0;
      do {
        for (int i = 0; i < 64; i++) {
          peer.send("<iq type='get' id='1'>" + payload + "</iq>");
          sent++;
        }
        peer.send("<iq type='get' id='2'><b xmlns='urn:b'/></iq>");
      } while (!peer.readUntil("</iq>").contains("<resource-constraint "));
      peer.send("</stream:stream>");
      peer.readToEnd();
      assertThat(sent).isLessThanOrEqualTo(256);
    };
  }

  @Test
  void flood_anyShape_endsWithoutMoreMemoryThanThereIs() throws Exception {
    List<ScriptedServer.Script> scripts =
        List.of(
            requests(stanza("<a xmlns='urn:a'>", "<b/>", "</a>" + " ".repeat(40)).strip()),
            flood(270, stanza("<message><", "n", "/></message>")),
            flood(60, stanza("<presence>", "<b/>x", "</presence>")));
    try (ScriptedServer server =
        new ScriptedServer(scripts.toArray(ScriptedServer.Script[]::new))) {
      Process process = client(server.port(), scripts.size());
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

      List<String> expected = new ArrayList<>(Collections.nCopies(scripts.size(), "OVERLOADED"));
      expected.set(0, "in order");
      assertThat(said.lines().filter(line -> !line.startsWith("SLF4J"))).isEqualTo(expected);
      assertThat(process.waitFor()).as(said).isZero();
      server.finish();
    }
  }

  private Process client(int port, int times) throws Exception {
    Path pem = directory.resolve("server.pem");
    byte[] certificate = TestIdentity.EXAMPLE.certificate().getEncoded();
    Files.writeString(
        pem,
        "-----BEGIN CERTIFICATE-----\n"
            + Base64.getMimeEncoder().encodeToString(certificate)
            + "\n-----END CERTIFICATE-----\n");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    // The collector that starts the fastest.
    command.addAll(List.of("-Xmx64m", "-XX:+UseSerialGC", "-XX:+ExitOnOutOfMemoryError"));
    command.addAll(List.of("-cp", classPath(), FloodedClient.class.getName()));
    command.addAll(List.of(Integer.toString(port), pem.toString(), Integer.toString(times)));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    return process;
  }

  /** All that this process was given, wherever it was put. */
  private static String classPath() {
    Stream<String> given =
        Stream.of("java.class.path", "jdk.module.path")
            .map(System::getProperty)
            .filter(path -> path != null && !path.isEmpty());
    return Stream.concat(given, Stream.of(Path.of("target", "test-classes").toString()))
        .collect(Collectors.joining(File.pathSeparator));
  }
}
