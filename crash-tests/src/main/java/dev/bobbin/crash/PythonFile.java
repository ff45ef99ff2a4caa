package dev.bobbin.crash;

import dev.bobbin.xmpp.bob.Bob;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A file as slixmpp's loader leaves it: its name is the content-id, with nothing escaped, and it
 * holds the four keys that the loader knows. {@code sharer.py} is that loader; to start one for
 * each file would take longer than all that is tried with it.
 */
final class PythonFile {
  private PythonFile() {}

  static void write(Path directory, Bob bob) throws IOException {
    String content =
        "{\"data\": \""
            + bob.data().toBase64()
            + "\", \"type\": \""
            + bob.type()
            + "\", \"cid\": \""
            + bob.cid()
            + "\", \"max_age\": null}";
    Files.writeString(directory.resolve(bob.cid().value()), content);
  }
}
