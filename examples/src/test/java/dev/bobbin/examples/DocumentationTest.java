package dev.bobbin.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the documentation shows is what the code is. */
class DocumentationTest {
  private static final Path ROOT = Path.of("..");

  @ParameterizedTest
  @CsvSource({
    "Snippet,readme",
    "LoopbackSnippet,loopback",
    "ConnectSnippet,connect",
    "OverrideSnippet,override",
    "BobSnippet,bob",
    "MoveSnippet,move",
    "MapStore,store",
    "MapStoreProvider,provider"
  })
  void readme_showsTheSnippetThatIsCompiled(String source, String tag) throws IOException {
    assertShows("README.md", source, tag);
  }

  /** One that takes a store beside which the examples would not find theirs. */
  @Test
  void readme_showsTheSnippetOfFilesThatIsCompiled() throws IOException {
    String tests = "integration-tests/src/test/java/dev/bobbin/integration/";
    assertShows("README.md", ROOT.resolve(tests + "FilesSnippet.java"), "files");
  }

  @ParameterizedTest
  @CsvSource({"service-discovery.md,DiscoSnippet,discovery", "xep-0231.md,GatewaySnippet,gateway"})
  void page_showsTheSnippetThatIsCompiled(String page, String source, String tag)
      throws IOException {
    assertShows("docs/" + page, source, tag);
  }

  private static void assertShows(String page, String source, String tag) throws IOException {
    assertShows(page, Path.of("src/main/java/dev/bobbin/examples/" + source + ".java"), tag);
  }

  private static void assertShows(String page, Path source, String tag) throws IOException {
    String code = read(source);
    String begin = "// tag::" + tag + "[]\n";
    int from = code.indexOf(begin) + begin.length();
    String end = "// end::" + tag + "[]";
    String shown = code.substring(from, code.lastIndexOf('\n', code.indexOf(end)) + 1);

    assertThat(shown).isNotBlank();
    assertThat(read(ROOT.resolve(page))).contains("```java\n" + shown + "```\n");
  }

  /** Indentation apart, each block of a guide is lines of one file of its example. */
  @ParameterizedTest
  @CsvSource({"writing-a-store.md,custom-store", "writing-a-plugin.md,custom-plugin"})
  void guide_showsNothingButItsExample(String guide, String example) throws IOException {
    List<String> files = new ArrayList<>();
    for (Path file : filesOf(Path.of(example))) {
      files.add(flush(read(file)));
    }
    Matcher block =
        Pattern.compile("^```(?:java|xml|text)\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL)
            .matcher(read(ROOT.resolve("docs").resolve(guide)));
    int blocks = 0;
    for (; block.find(); blocks++) {
      String shown = flush(block.group(1));
      assertThat(files)
          .as("one of the files of %s holds:%n%s", example, shown)
          .anyMatch(file -> file.contains(shown));
    }

    assertThat(blocks).isGreaterThan(5);
  }

  private static String flush(String text) {
    return text.replaceAll("(?m)^[ ]+", "");
  }

  @Test
  void errors_eachAnchorInAMessageHasItsHeading() throws IOException {
    Set<String> wanted = new TreeSet<>();
    Pattern anchor = Pattern.compile("docs/errors\\.md#([a-z-]+)");
    for (Path source : sources("/src/main/java/")) {
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

  /** What the page says is shown by a test, is: by one whose name begins with that number. */
  @Test
  void bitsOfBinary_eachRequirementNamesTestsThatCarryItsNumber() throws IOException {
    Map<String, Set<String>> numbersByTest = numbersByTest();
    List<String> numbers = new ArrayList<>();
    Matcher row =
        Pattern.compile("^\\| (B?\\d+) \\|(.*)$", Pattern.MULTILINE)
            .matcher(read(ROOT.resolve("docs/xep-0231.md")));
    while (row.find()) {
      Matcher test = Pattern.compile("`(\\w+(?:Tests?|Lines))`").matcher(row.group(2));
      Set<String> named = new TreeSet<>();
      while (test.find()) {
        named.add(test.group(1));
      }
      assertThat(named).as("the tests of %s", row.group()).isNotEmpty();
      assertThat(numbersByTest.keySet()).as("all tests that there are").containsAll(named);
      numbers.add(row.group(1));
      assertThat(named)
          .as("the tests of number %s", row.group(1))
          .allSatisfy(name -> assertThat(numbersByTest.get(name)).contains(row.group(1)));
    }

    assertThat(numbers)
        .isEqualTo(
            Stream.concat(
                    IntStream.rangeClosed(1, 22).mapToObj(Integer::toString),
                    IntStream.rangeClosed(1, 12).mapToObj(beyond -> "B" + beyond))
                .toList());
  }

  /** Each test class of this build with the numbers that its display names begin with. */
  private static Map<String, Set<String>> numbersByTest() throws IOException {
    Map<String, Set<String>> numbers = new TreeMap<>();
    Pattern displayName = Pattern.compile("@DisplayName\\(\\s*\"(B?[0-9]+(?:, B?[0-9]+)*): ");
    for (Path source : sources("/src/test/java/")) {
      String name = source.getFileName().toString().replace(".java", "");
      Matcher found = displayName.matcher(read(source));
      Set<String> carried = numbers.computeIfAbsent(name, unseen -> new TreeSet<>());
      while (found.find()) {
        carried.addAll(List.of(found.group(1).split(", ")));
      }
    }
    return numbers;
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

  private static List<Path> filesOf(Path project) throws IOException {
    try (Stream<Path> files = Files.walk(project.resolve("src"), 16)) {
      return Stream.concat(
              Stream.of(project.resolve("pom.xml")), files.filter(Files::isRegularFile))
          .toList();
    }
  }

  private static List<Path> sources(String folder) throws IOException {
    try (Stream<Path> files = Files.walk(ROOT, 16)) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .filter(file -> file.toString().contains(folder))
          .toList();
    }
  }

  private static String read(Path file) throws IOException {
    return Files.readString(file, UTF_8);
  }
}
