package dev.bobbin.xmpp.core.internal.registry.app;

import dev.bobbin.xmpp.api.registry.ApiHandler;
import dev.bobbin.xmpp.api.registry.ApiMethod;
import dev.bobbin.xmpp.api.registry.ApiRegistry;
import dev.bobbin.xmpp.api.registry.ApiScope;

/** An application; the explanations that tests expect hold the numbers of its lines. */
public final class Application {
  private Application() {}

  public static void start(ApiRegistry registry, ApiMethod<String, String> method) {
    registry.register(method, ApiScope.everywhere(), ApiHandler.direct(call -> "mine"));
  }

  public static void reset(ApiRegistry registry, ApiMethod<String, String> method, ApiScope scope) {
    registry.restoreDefault(method, scope);
  }

  public static void supply(ApiRegistry registry, ApiMethod<String, String> method) {
    registry.registerDefault(method, ApiHandler.direct(call -> "supplied"));
  }
}
