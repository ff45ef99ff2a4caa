package dev.bobbin.testservers;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where an installed ejabberd has its Erlang and its code, as its control script says.
 *
 * <p>The script itself is not run: it insists on one user of the system, and starts a node that
 * talks to others (Erlang's distribution).
 *
 * @param erl the program that starts an Erlang
 * @param libraries the value of {@code ERL_LIBS}
 */
record EjabberdInstallation(String erl, String libraries) {
  /** The script's name; it is for administrators, and so often not on a user's {@code PATH}. */
  static final String CONTROL_SCRIPT = "ejabberdctl";

  /** Where programs for administrators are. */
  static final List<String> SYSTEM_FOLDERS = List.of("/usr/local/sbin", "/usr/sbin", "/sbin");

  private static final Pattern ERL = Pattern.compile("(?m)^ERL=[\"']?([^\"'$\\s]+)[\"']?\\s*$");
  private static final Pattern ERL_LIBS =
      Pattern.compile("(?m)^ERL_LIBS=[\"']?([^\"'$\\s]+)[\"']?\\s*$");

  static EjabberdInstallation find() throws IOException {
    List<String> folders = new ArrayList<>();
    folders.addAll(List.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1)));
    folders.addAll(SYSTEM_FOLDERS);
    for (String folder : folders) {
      Path script = Path.of(folder, CONTROL_SCRIPT);
      if (!folder.isEmpty() && Files.isReadable(script)) {
        return said(script);
      }
    }
    throw new IOException("there is no " + CONTROL_SCRIPT + " in any of " + folders);
  }

  static EjabberdInstallation said(Path script) throws IOException {
    String text = Files.readString(script);
    return new EjabberdInstallation(
        value(ERL, "ERL", text, script), value(ERL_LIBS, "ERL_LIBS", text, script));
  }

  private static String value(Pattern pattern, String name, String text, Path script)
      throws IOException {
    Matcher line = pattern.matcher(text);
    if (!line.find()) {
      throw new IOException(script + " does not say what " + name + " is; Debian's does");
    }
    return line.group(1);
  }
}
