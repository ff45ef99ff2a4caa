package dev.bobbin.packaging;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;

/** The JDK's linker, run as README says. */
final class Jlink {
  private static final Pattern COMMAND =
      Pattern.compile("^```\\n(jlink .*?)```$", Pattern.MULTILINE | Pattern.DOTALL);

  private Jlink() {}

  /** README's command, for the application of these tests, as words behind the tool's name. */
  static List<String> inReadme(Path image) throws IOException {
    Matcher command = COMMAND.matcher(Files.readString(Path.of("../README.md")));
    if (!command.find()) {
      throw new AssertionError("README shows no command that begins with jlink");
    }
    String shown = command.group(1).replace("\\\n", " ").strip();
    List<String> words = List.of(shown.split("\\s+"));
    return words.subList(1, words.size()).stream()
        .map(word -> word.replace("target/my-bot.jar", Built.application().toString()))
        .map(word -> word.replace("target/lib", Built.lib().toString()))
        .map(word -> word.replace("target/image", image.toString()))
        .map(word -> word.replace("my.bot", "dev.bobbin.packaging"))
        .toList();
  }

  static void run(List<String> arguments) {
    StringWriter said = new StringWriter();
    PrintWriter writer = new PrintWriter(said, true);
    int status =
        ToolProvider.findFirst("jlink")
            .orElseThrow(() -> new AssertionError("this Java is no JDK: it has no jlink"))
            .run(writer, writer, arguments.toArray(String[]::new));
    if (status != 0) {
      throw new AssertionError("jlink " + String.join(" ", arguments) + " said: " + said);
    }
  }
}
