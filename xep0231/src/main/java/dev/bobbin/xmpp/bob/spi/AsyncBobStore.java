package dev.bobbin.xmpp.bob.spi;

import dev.bobbin.xmpp.bob.BobKey;
import dev.bobbin.xmpp.bob.StoredBob;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * A store whose backend answers without a thread waiting for it. The plugin prefers these methods
 * to the blocking ones of {@link BobStore}, which mean the same and are there for tools and tests;
 * {@link #putIf} and {@link #scan}, which the plugin never calls, are there in no other form.
 *
 * @implSpec None of these methods blocks. A failure is the stage's, never thrown, also the {@link
 *     IllegalStateException} after {@link #close}.
 */
public interface AsyncBobStore extends BobStore {
  /**
   * Keeps an item, as {@link BobStore#put} does.
   *
   * @param item the item
   * @return completes once the item is durable, where the store is persistent
   */
  CompletionStage<Void> putAsync(StoredBob item);

  /**
   * Looks an item up, as {@link BobStore#get} does.
   *
   * @param key its key
   * @return completes with the item; empty when there is none or it has expired
   */
  CompletionStage<Optional<StoredBob>> getAsync(BobKey key);

  /**
   * Removes an item, as {@link BobStore#delete} does.
   *
   * @param key its key
   * @return completes with whether there was one
   */
  CompletionStage<Boolean> deleteAsync(BobKey key);
}
