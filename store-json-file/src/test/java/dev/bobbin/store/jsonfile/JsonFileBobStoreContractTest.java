package dev.bobbin.store.jsonfile;

import dev.bobbin.xmpp.api.plugin.Settings;
import dev.bobbin.xmpp.bob.spi.BobStoreProvider;
import dev.bobbin.xmpp.bob.testkit.BobStoreContract;
import dev.bobbin.xmpp.bob.testkit.Persistence;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;

class JsonFileBobStoreContractTest extends BobStoreContract {
  @TempDir private Path directory;

  @Override
  protected BobStoreProvider provider() {
    return new JsonFileBobStoreProvider();
  }

  @Override
  protected Persistence persistence() {
    return Persistence.persistent();
  }

  @Override
  protected Settings settings() {
    return Settings.of("json-file", Map.of("directory", directory.resolve("bob").toString()));
  }
}
