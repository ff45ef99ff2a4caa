package dev.bobbin.testservers;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a child process has said, in a file. */
record LogFile(Path path) {
  private static final int TAIL_BYTES = 4000;
  private static final int MOST_BYTES = 1024 * 1024;

  /** The whole text, or its last 1 MiB. */
  String text() throws IOException {
    return last(MOST_BYTES);
  }

  /** Its end, for a message; what cannot be read is said in its place. */
  String tail() {
    try {
      return last(TAIL_BYTES).strip();
    } catch (IOException e) {
      return "(its log cannot be read: " + e + ")";
    }
  }

  private String last(int most) throws IOException {
    try (InputStream in = Files.newInputStream(path)) {
      in.skipNBytes(Math.max(0, Files.size(path) - most));
      return new String(in.readNBytes(most), StandardCharsets.UTF_8);
    }
  }
}
