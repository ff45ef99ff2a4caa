package dev.bobbin.store.jsonfile;

import java.io.IOException;
import java.nio.file.Path;

/** A program that goes through a store's files, opens it and uses it, and prints what it counts. */
final class OtherLocale {
  private OtherLocale() {}

  public static void main(String[] arguments) throws IOException {
    Tended tended = new Tended(Path.of(arguments[0]));
    try (JsonFileBobStore store = tended.open()) {
      store.put(Items.item(Items.hosted("x"), "x"));
      tended.timer.round();
      store.get(Items.hosted("x")).orElseThrow();
      System.out.println(
          store.usage().orElseThrow().entries()
              + " counted, "
              + store.scan(null, 10).items().size()
              + " listed, warned of "
              + tended.warnings);
    }
  }
}
