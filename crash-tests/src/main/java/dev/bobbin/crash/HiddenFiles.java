package dev.bobbin.crash;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The hidden files that killed writers leave in the directories of a store of JSON files. Their
 * names tell when they were made; a store removes those that are an hour old when it is opened.
 */
final class HiddenFiles {
  private static final String GLOB = ".bobbin-*.tmp";
  private static final Pattern NAME = Pattern.compile("(\\.bobbin-[a-z]+-)([0-9]+)(-.*)");
  private static final long TWO_HOURS_MILLIS = 2L * 60 * 60 * 1000;

  private final List<Path> directories;

  /** Of the directories that are there. */
  HiddenFiles(List<Path> directories) {
    this.directories = List.copyOf(directories);
  }

  int count() throws IOException {
    return all().size();
  }

  /** Has them seem to be made two hours earlier. */
  void age() throws IOException {
    for (Path file : all()) {
      Matcher matcher = NAME.matcher(String.valueOf(file.getFileName()));
      if (matcher.matches()) {
        long made = Long.parseLong(matcher.group(2)) - TWO_HOURS_MILLIS;
        Files.move(file, file.resolveSibling(matcher.group(1) + made + matcher.group(3)));
      }
    }
  }

  private List<Path> all() throws IOException {
    List<Path> all = new ArrayList<>();
    for (Path directory : directories) {
      if (Files.isDirectory(directory)) {
        try (DirectoryStream<Path> hidden = Files.newDirectoryStream(directory, GLOB)) {
          hidden.forEach(all::add);
        }
      }
    }
    return all;
  }
}
