package dev.bobbin.store.jsonfile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bobbin.xmpp.bob.spi.StoreContext;
import dev.bobbin.xmpp.bob.spi.StoreUsage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.stream.Stream;

/** Opens stores whose work in the background a test lets go on. */
final class Tended {
  final Path directory;
  final Clock clock = new Clock();
  final ManualTimer timer = new ManualTimer();
  final List<String> warnings = Collections.synchronizedList(new ArrayList<>());
  Executor executor = Runnable::run;
  FileOperations files = new DiskOperations();

  Tended(Path directory) {
    this.directory = directory;
  }

  JsonFileBobStore open(long maxBytes, long maxEntries) throws IOException {
    return JsonFileBobStore.open(
        directory,
        new StoreParts(
            false,
            clock,
            StoreContext.DEFAULT_MAX_ITEM_BYTES,
            files,
            warnings::add,
            ItemReader.Pause.SLEEP,
            new Limits(maxBytes, maxEntries),
            new Upkeep.Background(timer, task -> executor.execute(task))));
  }

  JsonFileBobStore open() throws IOException {
    return open(Limits.DEFAULT.maxBytes(), Limits.DEFAULT.maxEntries());
  }

  /** As another process would. */
  JsonFileBobStore openUntended() throws IOException {
    return JsonFileBobStore.open(
        directory, clock, StoreContext.DEFAULT_MAX_ITEM_BYTES, files, warnings::add);
  }

  Path received() {
    return directory.resolve(StoreDirectory.RECEIVED);
  }

  /** What is there, as anybody can see it. */
  Tally onDisk() throws IOException {
    Tally all = Tally.NONE;
    for (Path place : List.of(directory, received())) {
      try (Stream<Path> files = Files.list(place)) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          if (HiddenName.parse(file.getFileName().toString()).isEmpty()) {
            all = all.plus(Tally.file(Files.size(file)));
          }
        }
      }
    }
    return all;
  }

  void assertCounted(JsonFileBobStore store) throws IOException {
    StoreUsage usage = store.usage().orElseThrow();
    assertThat(new Tally(usage.entries(), usage.bytes())).isEqualTo(onDisk());
  }
}
