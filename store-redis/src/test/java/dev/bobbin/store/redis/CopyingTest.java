package dev.bobbin.store.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bobbin.store.jsonfile.JsonFileBobStore;
import dev.bobbin.testservers.RedisServer;
import dev.bobbin.xmpp.bob.BobKey;
import dev.bobbin.xmpp.bob.StoredBob;
import dev.bobbin.xmpp.bob.copy.BobStores;
import dev.bobbin.xmpp.bob.copy.CopyOptions;
import dev.bobbin.xmpp.bob.copy.CopyOutcome;
import dev.bobbin.xmpp.bob.copy.CopyReport;
import dev.bobbin.xmpp.bob.spi.BobStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** From files to Redis and back. */
@Timeout(120)
@ExtendWith(SharedRedis.Resolver.class)
class CopyingTest {
  private static final int ITEMS = 30;

  private final RedisServer server;
  @TempDir private Path folder;

  /** Outside of tests, on the module path, this module knows no other store. */
  @BeforeAll
  static void seeTheOtherStore() {
    ModuleLayer.boot()
        .findModule("dev.bobbin.store.jsonfile")
        .ifPresent(other -> CopyingTest.class.getModule().addReads(other));
  }

  CopyingTest(SharedRedis redis) {
    server = redis.server();
  }

  private BobStore redis() throws Exception {
    return new RedisBobStoreProvider().open(SharedRedis.context(SharedRedis.uri(server)));
  }

  private BobStore files(String name) throws Exception {
    return JsonFileBobStore.open(Files.createDirectory(folder.resolve(name)));
  }

  private static StoredBob version(int key, int number) {
    StoredBob item = Items.item(Items.hosted("cid" + key), "version " + number);
    return new StoredBob(item.key(), item.bob(), Items.STORED.plusSeconds(number), null, null);
  }

  @Test
  void copy_filesToRedisAndBack_keepsEachField() throws Exception {
    try (BobStore files = files("there");
        BobStore redis = redis();
        BobStore back = files("back")) {
      List<StoredBob> items = new ArrayList<>();
      StoredBob full = Items.full();
      items.add(
          new StoredBob(
              full.key(),
              full.bob(),
              full.storedAt(),
              Instant.parse("2999-01-02T03:04:05.678901234Z"),
              full.origin()));
      items.add(Items.item(Items.from("romeo@example.org/a", "cid"), "received"));
      for (int i = 0; i < ITEMS; i++) {
        items.add(version(i, i));
      }
      for (StoredBob item : items) {
        files.put(item);
      }
      CopyReport there = BobStores.copy(files, redis, CopyOptions.defaults().withPageSize(7));
      assertThat(there.count(CopyOutcome.COPIED)).as("%s", there).isEqualTo(items.size());
      CopyReport again = BobStores.copy(redis, back, CopyOptions.defaults().withPageSize(7));
      assertThat(again.count(CopyOutcome.COPIED)).as("%s", again).isEqualTo(items.size());
      for (StoredBob item : items) {
        assertThat(redis.get(item.key())).contains(item);
        assertThat(back.get(item.key())).contains(item);
      }
      assertThat(BobStores.copy(files, back).count(CopyOutcome.ALREADY_THERE))
          .isEqualTo(items.size());
    }
  }

  @Test
  void copy_whileOthersPutIntoRedis_losesNoneOfTheirs() throws Exception {
    ExecutorService writer = Executors.newSingleThreadExecutor();
    try (BobStore files = files("from");
        BobStore redis = redis()) {
      for (int i = 0; i < ITEMS; i++) {
        files.put(version(i, 1));
      }
      AtomicBoolean more = new AtomicBoolean(true);
      Future<Integer> last =
          writer.submit(
              () -> {
                int number = 2;
                for (; more.get(); number++) {
                  for (int i = 0; i < ITEMS; i += 2) {
                    BobKey key = version(i, number).key();
                    redis.put(version(i, number));
                    assertThat(redis.get(key)).contains(version(i, number));
                  }
                }
                return number - 1;
              });
      for (int round = 0; round < 3; round++) {
        CopyReport report = BobStores.copy(files, redis);
        assertThat(report.problems()).isEmpty();
      }
      more.set(false);
      int number = last.get(30, TimeUnit.SECONDS);
      for (int i = 0; i < ITEMS; i++) {
        StoredBob expected = version(i, i % 2 == 0 ? number : 1);
        assertThat(redis.get(expected.key())).contains(expected);
      }
    } finally {
      writer.shutdownNow();
    }
  }
}
