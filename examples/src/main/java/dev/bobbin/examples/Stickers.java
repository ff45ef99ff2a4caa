package dev.bobbin.examples;

import dev.bobbin.xmpp.bob.Bob;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads the pictures of a directory: {@code rose.png} is the sticker {@code :rose:}. */
final class Stickers {
  private static final List<String> ENDINGS = List.of("png", "gif", "webp", "jpg", "jpeg");
  private static final Pattern FILE =
      Pattern.compile(
          "([\\w-]{1,40})\\.(" + String.join("|", ENDINGS) + ")", Pattern.CASE_INSENSITIVE);
  private static final int MAX_BYTES = 8192; // the plugin hosts no more unless it is told to
  private static final int MAX_STICKERS = 100;

  private final Map<String, Bob> read = new TreeMap<>();

  private Stickers() {}

  /**
   * Reads a directory.
   *
   * @param out is given a line for each file that is no sticker
   * @return the stickers by name, at least one
   * @throws IOException when there is no directory or no sticker, or a file cannot be read
   */
  static Map<String, Bob> in(Path directory, Consumer<String> out) throws IOException {
    if (!Files.isDirectory(directory)) {
      throw new IOException("There is no directory " + directory.toAbsolutePath() + "; make it");
    }
    Stickers stickers = new Stickers();
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        stickers.add(file).ifPresent(why -> out.accept("Skipped " + file + ": " + why));
      }
    }
    if (stickers.read.isEmpty()) {
      throw new IOException("There is no sticker in " + directory.toAbsolutePath());
    }
    return stickers.read;
  }

  /** Gives the reason why a file is no sticker. */
  private Optional<String> add(Path file) throws IOException {
    Matcher named = FILE.matcher(file.getFileName().toString());
    if (!named.matches()) {
      return Optional.of(
          "its name is not up to 40 letters and one of ." + String.join(", .", ENDINGS));
    }
    byte[] bytes = firstBytes(file);
    if (bytes.length == 0 || bytes.length > MAX_BYTES) {
      return Optional.of("it has not 1 to " + MAX_BYTES + " bytes");
    }
    String name = ":" + named.group(1) + ":";
    if (read.containsKey(name)) {
      return Optional.of("its name is taken");
    }
    if (read.size() == MAX_STICKERS) {
      return Optional.of("there are " + MAX_STICKERS + " stickers already");
    }
    String ending = named.group(2).toLowerCase(Locale.ROOT);
    read.put(name, Bob.of(bytes, "image/" + (ending.equals("jpg") ? "jpeg" : ending)));
    return Optional.empty();
  }

  /** Enough of them to tell whether there are too many. */
  private static byte[] firstBytes(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return in.readNBytes(MAX_BYTES + 1);
    }
  }
}
