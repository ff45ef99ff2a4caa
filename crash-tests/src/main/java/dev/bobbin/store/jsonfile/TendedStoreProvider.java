package dev.bobbin.store.jsonfile;

import dev.bobbin.xmpp.bob.spi.BobStore;
import dev.bobbin.xmpp.bob.spi.BobStoreProvider;
import dev.bobbin.xmpp.bob.spi.StoreContext;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.NullMarked;

/**
 * The store of JSON files that begins with its work in the background at once, and hardly rests
 * from it: who is killed after some milliseconds has not begun with it otherwise. It is in the
 * store's package, since nobody else can set that.
 */
@NullMarked
public final class TendedStoreProvider implements BobStoreProvider {
  public static final String NAME = "json-file-tended";

  private static final Duration LONGEST_PAUSE = Duration.ofMillis(1);

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public BobStore open(StoreContext context) throws IOException {
    return JsonFileBobStore.open(
        Path.of(context.settings().text(JsonFileBobStoreProvider.DIRECTORY).orElseThrow()),
        StoreParts.of(context)
            .with(new Upkeep.Background(TendedStoreProvider::soon, context.executor())));
  }

  private static Runnable soon(Duration delay, Runnable task) {
    return Timer.OF_THE_JDK.after(delay.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : delay, task);
  }
}
