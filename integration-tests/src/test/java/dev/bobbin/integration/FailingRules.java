package dev.bobbin.integration;

import dev.bobbin.xmpp.api.registry.ApiHandler;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** All ways in which a handler that should say yes or no can fail to. */
final class FailingRules {
  private FailingRules() {}

  static <I> List<ApiHandler<I, Boolean>> all() {
    return List.of(
        ApiHandler.direct(
            call -> {
              throw new IOException("of the test");
            }),
        ApiHandler.blocking(
            call -> {
              throw new AssertionError("of the test");
            }),
        ApiHandler.directAsync(
            call -> CompletableFuture.failedFuture(new IOException("of the test"))),
        ApiHandler.directAsync(call -> CompletableFuture.completedFuture(null)),
        ApiHandler.directAsync(call -> null));
  }
}
