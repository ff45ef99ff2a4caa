package dev.bobbin.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bobbin.store.memory.MemoryBobStore;
import dev.bobbin.xmpp.api.jid.Jid;
import dev.bobbin.xmpp.bob.Bob;
import dev.bobbin.xmpp.bob.BobKey;
import dev.bobbin.xmpp.bob.StoredBob;
import dev.bobbin.xmpp.bob.copy.CopyOutcome;
import dev.bobbin.xmpp.bob.copy.CopyReport;
import dev.bobbin.xmpp.bob.plugin.BobPlugin;
import dev.bobbin.xmpp.bob.spi.BobStore;
import dev.bobbin.xmpp.bob.spi.Page;
import dev.bobbin.xmpp.core.XmppClient;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class MoveSnippetTest {
  private static final Bob FIRST = Bob.of("first".getBytes(UTF_8), "text/plain");
  private static final Bob BETWEEN = Bob.of("between".getBytes(UTF_8), "text/plain");
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
      bob.set(FIRST).join();
      onceListed.add(() -> bob.set(BETWEEN).join());

      CopyReport report = MoveSnippet.move(client, old, next);
      bob.set(LAST).join();

      assertThat(onceListed).isEmpty();
      assertThat(report.count(CopyOutcome.ALREADY_THERE)).isEqualTo(1);
      assertThat(report.count(CopyOutcome.COPIED)).isEqualTo(1);
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
