package dev.bobbin.integration;

import dev.bobbin.store.jsonfile.JsonFileBobStore;
import dev.bobbin.xmpp.api.jid.Jid;
import dev.bobbin.xmpp.bob.copy.BobStores;
import dev.bobbin.xmpp.bob.copy.CopyReport;
import dev.bobbin.xmpp.bob.spi.BobStore;
import dev.bobbin.xmpp.bob.spi.StoreContext;
import java.io.IOException;
import java.nio.file.Path;

/** What README shows of stores that no client has opened. */
final class FilesSnippet {
  private FilesSnippet() {}

  // tag::files[]
  static CopyReport copyFiles(Path directory, Jid account, BobStore next) throws IOException {
    StoreContext context = StoreContext.of(account).withMaxItemBytes(100_000); // as the bot has it
    try (BobStore old = JsonFileBobStore.open(directory, context)) { // an absolute path
      return BobStores.copy(old, next);
    }
  }
  // end::files[]
}
