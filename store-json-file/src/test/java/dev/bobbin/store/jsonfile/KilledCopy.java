package dev.bobbin.store.jsonfile;

import dev.bobbin.xmpp.bob.copy.BobStores;
import dev.bobbin.xmpp.bob.copy.CopyOptions;
import java.nio.file.Path;

/** A program that copies a directory to another until it is killed, and says how far it is. */
final class KilledCopy {
  private KilledCopy() {}

  public static void main(String[] arguments) throws Exception {
    try (JsonFileBobStore from = JsonFileBobStore.open(Path.of(arguments[0]));
        JsonFileBobStore to = JsonFileBobStore.open(Path.of(arguments[1]))) {
      CopyOptions options =
          CopyOptions.defaults()
              .withPageSize(5)
              .withProgress(
                  report -> {
                    System.out.println(report);
                    System.out.flush();
                  });
      BobStores.copy(from, to, options);
    }
  }
}
