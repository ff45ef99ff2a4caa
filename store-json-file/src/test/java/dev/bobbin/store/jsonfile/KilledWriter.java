package dev.bobbin.store.jsonfile;

import java.nio.file.Path;

/** A program that puts items until it is killed, and says of each that it is safe. */
final class KilledWriter {
  static final int KEYS = 8;
  private static final int MOST_PUTS = 1_000_000;

  private KilledWriter() {}

  /** The text of a version: long enough to be torn, and telling which it is. */
  static String text(int version) {
    return version + ":" + Integer.toString(version).repeat(500);
  }

  public static void main(String[] arguments) throws Exception {
    int first = Integer.parseInt(arguments[1]);
    try (JsonFileBobStore store = JsonFileBobStore.open(Path.of(arguments[0]))) {
      for (int version = first; version < first + MOST_PUTS; version++) {
        store.put(Items.item(Items.hosted("key" + version % KEYS), text(version)));
        System.out.println(version);
        System.out.flush();
      }
    }
  }
}
