package dev.bobbin.crash;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * What a run is to do.
 *
 * @param jvm how writers are started
 * @param source the store that is tried
 * @param folder of the run's own, for logs, and for the store if it is one of files
 * @param cycles how many writers are killed, unless the time is over before
 * @param least how many must have been until then
 * @param enough how many findings end it
 * @param seed of all that is random, but for what the scheduler does
 * @param longest after which no other writer is started
 */
record CrashPlan(
    ShortLivedJvm jvm,
    StoreSource source,
    Path folder,
    int cycles,
    int least,
    int enough,
    long seed,
    Duration longest) {
  static final String FILES = "json-file";

  /** Whether its directory can be shared with Python, and bounded. */
  boolean isOfFiles() {
    return source.store().equals(FILES);
  }

  /** A store of files, whose only setting is its directory. */
  static StoreSource inDirectory(String store, Path folder) {
    String directory = folder.toAbsolutePath().resolve(StoreSource.PLACE).toString();
    return new StoreSource(store, Map.of("directory", directory));
  }

  /** A store in a server of Redis on this machine. */
  static StoreSource inRedis(int port) {
    String uri = "redis://127.0.0.1:" + port;
    return new StoreSource("redis", Map.of("uri", uri, "prefix", StoreSource.PLACE));
  }
}
