package dev.bobbin.store.jsonfile;

import dev.bobbin.store.jsonfile.DamagedFileException.Kind;
import dev.bobbin.xmpp.api.Quoted;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Says which file is damaged, and why: once when it is read, since a peer that asks for it again
 * and again must not fill the log; and each time when it is replaced or removed, since what it held
 * is gone then. Of many files, some may be named again. Safe for use by several threads.
 */
final class DamageLog {
  private static final int REMEMBERED = 256;

  /** More than any path that a system opens; bounds what a name can do to the log. */
  private static final int SHOWN = 4096;

  private final Consumer<String> warn;
  private final LinkedHashMap<Path, String> said = new LinkedHashMap<>();

  DamageLog(Consumer<String> warn) {
    this.warn = warn;
  }

  void report(Path file, DamagedFileException damage) {
    String reason = String.valueOf(damage.getMessage());
    if (isNew(file, reason)) {
      warn.accept(
          "Ignored "
              + named(file, damage.kind())
              + ": "
              + reason
              + ". "
              + damage.kind().advice()
              + damage.kind().where());
    }
  }

  void replaced(Path file, DamagedFileException damage) {
    gone("Replaced", file, "an item was put", damage);
  }

  void removed(Path file, DamagedFileException damage) {
    gone("Removed", file, "the item was deleted", damage);
  }

  /** A whole file, under a name that only other programs still look at. */
  void outdated(Path file, IOException problem) {
    warn.accept(
        "The item was put, and "
            + shown(file)
            + ", which a Python program takes for it, could not be removed: "
            + Problems.reason(problem)
            + ". Remove it, or that program goes on giving it out (docs/errors.md#store-write)");
  }

  private void gone(String what, Path file, String why, DamagedFileException damage) {
    forget(file);
    warn.accept(
        what
            + ' '
            + named(file, damage.kind())
            + ", since "
            + why
            + ": "
            + damage.getMessage()
            + ". What it held is in your copies, if anywhere"
            + damage.kind().where());
  }

  private static String named(Path file, Kind kind) {
    return (kind.isWhole() ? "" : "the damaged file ") + shown(file);
  }

  private static String shown(Path file) {
    return Quoted.cut(file.toString(), SHOWN);
  }

  private synchronized boolean isNew(Path file, String reason) {
    if (reason.equals(said.put(file, reason))) {
      return false;
    }
    if (said.size() > REMEMBERED) {
      Map.Entry<Path, String> eldest = said.entrySet().iterator().next();
      said.remove(eldest.getKey());
    }
    return true;
  }

  /** There is a new file of that name, or none. */
  synchronized void forget(Path file) {
    said.remove(file);
  }
}
