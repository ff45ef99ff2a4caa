package dev.bobbin.xmpp.api.registry;

/**
 * Something that was added and can be taken away again.
 *
 * <p>{@link #close} is idempotent, never throws, and may be called from any thread.
 */
@FunctionalInterface
public interface Registration extends AutoCloseable {
  /** Takes away what was added, and nothing else. */
  @Override
  void close();
}
