package dev.bobbin.packaging;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What docs/errors.md says that is printed: the quoted lines below each heading. */
final class ErrorsPage {
  private static final Pattern ANCHOR = Pattern.compile("docs/errors\\.md#([a-z-]+)");
  private static final Pattern SECTION =
      Pattern.compile("^### ([a-z-]+)\\n((?:> .*\\n|>\\n)*)", Pattern.MULTILINE);

  private final Map<String, List<Pattern>> quoted = new LinkedHashMap<>();

  ErrorsPage() throws IOException {
    Matcher section = SECTION.matcher(Files.readString(Path.of("../docs/errors.md")));
    while (section.find()) {
      String text = section.group(2).replaceAll("(?m)^> ?", "");
      quoted.put(
          section.group(1),
          Arrays.stream(text.split("\\n\\n"))
              .map(String::strip)
              .filter(quote -> !quote.isEmpty())
              .map(quote -> pattern(quote.replace('\n', ' ')))
              .toList());
    }
  }

  /** Text in which three dots stand for anything. */
  static Pattern pattern(String text) {
    return Pattern.compile(
        Arrays.stream(text.split("\\.\\.\\.", -1))
            .map(Pattern::quote)
            .collect(Collectors.joining(".*")),
        Pattern.DOTALL);
  }

  /** Fails unless each anchor in the message has a heading, under which the message is quoted. */
  void requireQuoted(String message) {
    Matcher anchor = ANCHOR.matcher(message);
    int anchors = 0;
    while (anchor.find()) {
      anchors++;
      List<Pattern> texts = quoted.get(anchor.group(1));
      if (texts == null) {
        throw new AssertionError("docs/errors.md has no heading '" + anchor.group(1) + "'");
      }
      if (texts.stream().noneMatch(text -> text.matcher(message).find())) {
        throw new AssertionError(
            "docs/errors.md quotes " + texts + " at " + anchor.group(1) + ", not: " + message);
      }
    }
    if (anchors == 0) {
      throw new AssertionError("no anchor of docs/errors.md is named by: " + message);
    }
  }
}
