package dev.bobbin.xmpp.bob.plugin;

import dev.bobbin.xmpp.api.registry.ApiHandler;
import dev.bobbin.xmpp.api.registry.ApiRegistry;
import dev.bobbin.xmpp.api.registry.ApiScope;
import dev.bobbin.xmpp.api.registry.Registration;
import dev.bobbin.xmpp.bob.BobKey;
import dev.bobbin.xmpp.bob.BobMethods;
import dev.bobbin.xmpp.bob.Shelf;
import dev.bobbin.xmpp.bob.StoredBob;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** Has one store serve what is hosted in one scope; what was received is passed on. */
final class StoreHandlers {
  private StoreHandlers() {}

  static Registration register(ApiRegistry api, ApiScope scope, StoreAccess store) {
    List<Registration> all =
        List.of(
            api.register(BobMethods.SET_BOB, scope, hosted(StoredBob::key, store::put)),
            api.register(BobMethods.GET_BOB, scope, hosted(key -> key, store::get)),
            api.register(BobMethods.DEL_BOB, scope, hosted(key -> key, store::delete)));
    return () -> all.forEach(Registration::close);
  }

  private static <I, O> ApiHandler<I, O> hosted(
      Function<I, BobKey> key, Function<I, CompletionStage<O>> store) {
    return ApiHandler.directAsync(
        call ->
            isHosted(key.apply(call.args()))
                ? store.apply(call.args())
                : call.proceed(call.args()));
  }

  static boolean isHosted(BobKey key) {
    return key.shelf() instanceof Shelf.Hosted;
  }
}
