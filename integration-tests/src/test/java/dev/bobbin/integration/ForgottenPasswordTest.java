package dev.bobbin.integration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bobbin.xmpp.testkit.LoopbackServer;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A password from a source is nowhere in the heap of a program that has logged in by it. */
@Timeout(60)
class ForgottenPasswordTest {
  private static final Map<String, String> MECHANISMS =
      Map.of("juliet", "SCRAM-SHA-256", "romeo", "PLAIN");

  @TempDir private Path directory;

  @Test
  void connect_passwordFromASource_leavesNoReadableCopy() throws Exception {
    String heap = heapOfAProgramThatLoggedIn();

    assertThat(formsIn(heap, "kept")).containsExactly("array", "text");
    for (String user : MECHANISMS.keySet()) {
      assertThat(formsIn(heap, user)).as(MECHANISMS.get(user)).isEmpty();
    }
  }

  private String heapOfAProgramThatLoggedIn() throws Exception {
    Path heap = directory.resolve("heap.hprof");
    try (LoopbackServer server = server()) {
      Path certificate = directory.resolve("server.pem");
      Files.writeString(
          certificate,
          "-----BEGIN CERTIFICATE-----\n"
              + Base64.getMimeEncoder().encodeToString(server.certificate().getEncoded())
              + "\n-----END CERTIFICATE-----\n");
      List<String> command = new ArrayList<>();
      command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      // So much room for what is new that nothing is collected, which would hide a copy.
      command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmn64m", "-Xmx96m"));
      command.addAll(List.of("-cp", classPath(), ForgetfulProgram.class.getName()));
      command.add(Integer.toString(server.address().getPort()));
      command.addAll(List.of(certificate.toString(), heap.toString()));
      MECHANISMS.forEach((user, mechanism) -> command.addAll(List.of(user, mechanism)));
      run(command);
      assertThat(server.logins()).hasSize(MECHANISMS.size());
    }
    return new String(Files.readAllBytes(heap), StandardCharsets.ISO_8859_1);
  }

  private static LoopbackServer server() {
    var settings =
        LoopbackServer.builder("example.org")
            .certificateOf(Stage.IDENTITY)
            .mechanisms("SCRAM-SHA-256", "PLAIN");
    for (String user : MECHANISMS.keySet()) {
      settings.account(user, new String(ForgetfulProgram.password(user)));
    }
    return settings.start();
  }

  private void run(List<String> command) throws Exception {
    Path output = directory.resolve("output.txt");
    Process program =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      assertThat(program.waitFor(40, TimeUnit.SECONDS)).as("it ended").isTrue();
      assertThat(program.exitValue()).as(() -> text(output)).isZero();
    } finally {
      program.destroyForcibly();
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return e.toString();
    }
  }

  /** What this JVM runs on, whichever path that is: the program sees it all on the class path. */
  private static String classPath() {
    return Stream.of("jdk.module.path", "surefire.test.class.path", "java.class.path")
        .map(System::getProperty)
        .filter(path -> path != null && !path.isEmpty())
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static List<String> formsIn(String heap, String user) {
    String password = new String(ForgetfulProgram.password(user));
    List<String> forms = new ArrayList<>();
    if (holds(heap, password.getBytes(StandardCharsets.UTF_16BE))
        || holds(heap, password.getBytes(StandardCharsets.UTF_16LE))) {
      forms.add("array");
    }
    if (holds(heap, password.getBytes(StandardCharsets.UTF_8))) {
      forms.add("text");
    }
    // What PLAIN sends (RFC 4616).
    byte[] sent = ("\0" + user + "\0" + password).getBytes(StandardCharsets.UTF_8);
    if (holds(heap, Base64.getEncoder().encode(sent))) {
      forms.add("message");
    }
    return forms;
  }

  private static boolean holds(String heap, byte[] form) {
    return heap.contains(new String(form, StandardCharsets.ISO_8859_1));
  }
}
