package dev.bobbin.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the documentation shows is what the code is. */
class DocumentationTest {
  private static final Path ROOT = Path.of("..");

  @ParameterizedTest
  @CsvSource({"Snippet,readme", "OverrideSnippet,override", "MapStore,store"})
  void readme_showsTheSnippetThatIsCompiled(String source, String tag) throws IOException {
    String code = read(Path.of("src/main/java/dev/bobbin/examples/" + source + ".java"));
    String begin = "// tag::" + tag + "[]\n";
    int from = code.indexOf(begin) + begin.length();
    String end = "// end::" + tag + "[]";
    String shown = code.substring(from, code.lastIndexOf('\n', code.indexOf(end)) + 1);

    assertThat(shown).isNotBlank();
    assertThat(read(ROOT.resolve("README.md"))).contains("```java\n" + shown + "```\n");
  }

  /** Each block of a guide is a whole file of its project, or what two tags enclose in one. */
  @ParameterizedTest
  @CsvSource({"writing-a-plugin.md,custom-plugin"})
  void guide_showsOnlyWhatStandsInItsProject(String guide, String project) throws IOException {
    Set<String> parts = new TreeSet<>();
    for (Path file : projectFiles(Path.of(project))) {
      String text = read(file);
      parts.add(text.strip());
      Matcher tagged =
          Pattern.compile("tag::([a-z-]+)\\[].*\\n([\\s\\S]*?)\\n.*end::\\1\\[]").matcher(text);
      while (tagged.find()) {
        parts.add(tagged.group(2).stripTrailing().stripIndent().strip());
      }
    }
    List<String> shown =
        Pattern.compile("^```(?:java|xml|text)\\n([\\s\\S]*?)^```$", Pattern.MULTILINE)
            .matcher(read(ROOT.resolve("docs").resolve(guide)))
            .results()
            .map(block -> block.group(1).strip())
            .toList();

    assertThat(shown).hasSizeGreaterThan(5).isSubsetOf(parts);
  }

  private static List<Path> projectFiles(Path project) throws IOException {
    try (Stream<Path> files = Files.walk(project)) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> !file.startsWith(project.resolve("target")))
          .toList();
    }
  }

  @Test
  void errors_eachAnchorInAMessageHasItsHeading() throws IOException {
    Set<String> wanted = new TreeSet<>();
    Pattern anchor = Pattern.compile("docs/errors\\.md#([a-z-]+)");
    for (Path source : sources()) {
      Matcher found = anchor.matcher(read(source).replaceAll("\"\\s*\\+\\s*\"", ""));
      while (found.find()) {
        wanted.add(found.group(1));
      }
    }
    Set<String> headings = new TreeSet<>();
    Matcher heading =
        Pattern.compile("^### ([a-z-]+)$", Pattern.MULTILINE)
            .matcher(read(ROOT.resolve("docs/errors.md")));
    while (heading.find()) {
      headings.add(heading.group(1));
    }

    assertThat(wanted).hasSizeGreaterThan(20).isEqualTo(headings);
  }

  @Test
  void links_leadToFilesThatExist() throws IOException {
    Pattern link = Pattern.compile("\\]\\(([^)#:]+)(#[^)]*)?\\)");
    List<Path> pages;
    try (Stream<Path> docs = Files.walk(ROOT.resolve("docs"))) {
      pages =
          Stream.concat(
                  docs.filter(page -> page.toString().endsWith(".md")),
                  Stream.of(ROOT.resolve("README.md")))
              .toList();
    }
    for (Path page : pages) {
      Matcher found = link.matcher(read(page));
      while (found.find()) {
        assertThat(page.resolveSibling(found.group(1))).as("%s links to it", page).exists();
      }
    }
    assertThat(pages).hasSizeGreaterThan(4);
  }

  private static List<Path> sources() throws IOException {
    try (Stream<Path> files = Files.walk(ROOT, 16)) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .filter(file -> file.toString().contains("/src/main/java/"))
          .toList();
    }
  }

  private static String read(Path file) throws IOException {
    return Files.readString(file, UTF_8);
  }
}
