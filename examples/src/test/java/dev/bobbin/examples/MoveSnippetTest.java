package dev.bobbin.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bobbin.store.memory.MemoryBobStore;
import dev.bobbin.xmpp.api.jid.Jid;
import dev.bobbin.xmpp.bob.Bob;
import dev.bobbin.xmpp.bob.BobKey;
import dev.bobbin.xmpp.bob.Shelf;
import dev.bobbin.xmpp.bob.StoredBob;
import dev.bobbin.xmpp.bob.copy.CopyReport;
import dev.bobbin.xmpp.bob.plugin.BobPlugin;
import dev.bobbin.xmpp.bob.spi.BobStore;
import dev.bobbin.xmpp.bob.spi.Page;
import dev.bobbin.xmpp.core.XmppClient;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class MoveSnippetTest {
  private static final Bob FIRST = Bob.of("first".getBytes(UTF_8), "text/plain");
  private static final Bob FRESH = Bob.of("fresh".getBytes(UTF_8), "text/plain");
  private static final Bob BETWEEN = Bob.of("between".getBytes(UTF_8), "text/plain");
  private static final Bob DELETED = Bob.of("deleted".getBytes(UTF_8), "text/plain");
  private static final Bob TAKEN = Bob.of("of a stranger".getBytes(UTF_8), "text/plain");
  private static final Instant LONG_AGO = Instant.now().minusSeconds(3600);
  private static final Bob LAST = Bob.of("last".getBytes(UTF_8), "text/plain");

  @Test
  void move_botHostsMeanwhile_findsAllInTheNextStore() throws Exception {
    Queue<Runnable> onceListed = new ArrayDeque<>();
    ListedStore old = new ListedStore(onceListed);
    try (MemoryBobStore next = MemoryBobStore.create();
        XmppClient client =
            XmppClient.builder(Jid.of("juliet@example.org"), "r0m30")
                .plugin(BobPlugin.builder().store(old).build())
                .build()) {
      BobPlugin bob = client.plugin(BobPlugin.class);
      BobKey taken = new BobKey(Shelf.VERIFIED, TAKEN.cid());
      old.put(new StoredBob(taken, TAKEN, LONG_AGO, null, null));
      old.put(new StoredBob(BobKey.hosted(DELETED.cid()), DELETED, LONG_AGO, null, null));
      bob.set(FIRST).join();
      bob.set(FRESH).join();
      onceListed.add(() -> bob.set(BETWEEN).join());

      Instant begin = Instant.now();
      CopyReport most = MoveSnippet.move(client, next);
      assertThat(bob.delete(DELETED.cid()).join()).isTrue();
      assertThat(bob.store().delete(BobKey.hosted(FRESH.cid()))).isTrue();
      assertThat(bob.delete(FRESH.cid()).join()).isTrue();
      onceListed.add(
          () -> {
            throw new IllegalStateException("the disk is away");
          });
      assertThatThrownBy(() -> MoveSnippet.late(client, next, begin))
          .hasMessage("the disk is away");
      CopyReport late = MoveSnippet.late(client, next, begin);
      bob.set(LAST).join();

      assertThat(onceListed).isEmpty();
      assertThat(most).hasToString("4 examined: 3 copied (17 bytes), 1 left out");
      assertThat(late).hasToString("4 examined: 1 copied (7 bytes), 1 already there, 2 left out");
      assertThat(next.get(taken)).isEmpty();
      assertThat(next.get(BobKey.hosted(DELETED.cid()))).isEmpty();
      assertThat(next.get(BobKey.hosted(FRESH.cid()))).isEmpty();
      for (Bob each : new Bob[] {FIRST, BETWEEN, LAST}) {
        assertThat(bob.get(each.cid()).join()).contains(each);
        assertThat(next.get(BobKey.hosted(each.cid()))).isPresent();
      }
      assertThat(old.get(BobKey.hosted(LAST.cid()))).isEmpty();
    }
  }

  /** Something happens once the keys have been listed, and before they are copied. */
  private static final class ListedStore implements BobStore {
    private final MapStore map = new MapStore(InstantSource.system());
    private final Queue<Runnable> onceListed;

    ListedStore(Queue<Runnable> onceListed) {
      this.onceListed = onceListed;
    }

    @Override
    public void put(StoredBob item) throws IOException {
      map.put(item);
    }

    @Override
    public Optional<StoredBob> get(BobKey key) throws IOException {
      return map.get(key);
    }

    @Override
    public boolean delete(BobKey key) throws IOException {
      return map.delete(key);
    }

    @Override
    public Page<BobKey> scan(String cursor, int limit) throws IOException {
      Page<BobKey> page = map.scan(cursor, limit);
      Optional.ofNullable(onceListed.poll()).ifPresent(Runnable::run);
      return page;
    }

    @Override
    public void close() {}
  }
}
