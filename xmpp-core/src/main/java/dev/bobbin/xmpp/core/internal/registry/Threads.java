package dev.bobbin.xmpp.core.internal.registry;

import dev.bobbin.xmpp.api.registry.ApiHandler;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;

/**
 * Where handlers may run.
 *
 * @param workers runs what may block
 * @param onReaderThread whether the current thread reads the connection
 */
record Threads(Executor workers, BooleanSupplier onReaderThread) {
  /** Whether the handler may run on the current thread. */
  boolean allow(ApiHandler<?, ?> handler) {
    return handler.isDirect() || !onReaderThread.getAsBoolean();
  }
}
