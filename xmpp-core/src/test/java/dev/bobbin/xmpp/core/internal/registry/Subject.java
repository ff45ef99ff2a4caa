package dev.bobbin.xmpp.core.internal.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bobbin.xmpp.api.jid.Jid;
import dev.bobbin.xmpp.api.registry.ApiHandler;
import dev.bobbin.xmpp.api.registry.ApiMethod;
import dev.bobbin.xmpp.api.registry.ApiScope;
import dev.bobbin.xmpp.api.registry.ApiTarget;
import dev.bobbin.xmpp.api.registry.Registration;
import dev.bobbin.xmpp.api.registry.Resolved;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A registry with one method to try it on, whose handlers answer with their own name. */
final class Subject {
  static final Jid FULL = Jid.of("romeo@montague.example/orchard");
  static final Jid BARE = Jid.of("romeo@montague.example");
  static final Jid OTHER_RESOURCE = Jid.of("romeo@montague.example/balcony");
  static final Jid OTHER_BARE = Jid.of("juliet@capulet.example");
  static final Jid OTHER_FULL = Jid.of("juliet@capulet.example/orchard");

  final HandlerRegistry registry = new HandlerRegistry(Runnable::run, () -> false);
  final ApiMethod<String, String> method = ApiMethod.of("xep_0231", "get_bob");

  static ApiHandler<String, String> answering(String name) {
    return ApiHandler.direct(call -> name);
  }

  /** Answers with its name around what the covered handler answers. */
  static ApiHandler<String, String> wrapping(String name) {
    return call -> call.proceed(call.args()).thenApply(inner -> name + "(" + inner + ")");
  }

  Registration register(ApiScope scope, String name) {
    return registry.register(method, scope, answering(name));
  }

  Registration registerDefault(String name) {
    return registry.registerDefault(method, answering(name));
  }

  CompletableFuture<String> call(ApiTarget target) {
    return registry.call(method, target, "args");
  }

  String answer(ApiTarget target) {
    return call(target).join();
  }

  /** What the call failed with, as the future holds it. */
  Throwable failure(ApiTarget target) {
    return failureOf(call(target));
  }

  static Throwable failureOf(CompletableFuture<?> future) {
    assertThat(future).isCompletedExceptionally();
    return future.handle((value, failure) -> failure).join();
  }

  /** The explanation in short, such as {@code 6 everywhere}. */
  List<String> explained(ApiTarget target) {
    return registry.explain(method, target).stream().map(Subject::line).toList();
  }

  private static String line(Resolved resolved) {
    return resolved.level()
        + " "
        + resolved.scope().map(ApiScope::toString).orElse("default")
        + (resolved.restoresDefault() ? " restored" : "");
  }
}
