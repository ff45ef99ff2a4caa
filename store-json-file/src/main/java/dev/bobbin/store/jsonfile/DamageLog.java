package dev.bobbin.store.jsonfile;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Says once which file is damaged, and why: a peer that asks for it again and again must not fill
 * the log. Of many files, some may be named again. Safe for use by several threads.
 */
final class DamageLog {
  private static final int REMEMBERED = 256;

  private final Consumer<String> warn;
  private final LinkedHashMap<Path, String> said = new LinkedHashMap<>();

  DamageLog(Consumer<String> warn) {
    this.warn = warn;
  }

  void report(Path file, String reason) {
    if (isNew(file, reason)) {
      warn.accept(
          "Ignored the damaged file "
              + file
              + ": "
              + reason
              + ". Restore it, delete it or put the item again (docs/errors.md#damaged-file)");
    }
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

  /** There is a new file of that name. */
  synchronized void forget(Path file) {
    said.remove(file);
  }
}
