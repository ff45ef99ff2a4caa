package dev.bobbin.xmpp.bob.plugin;

import dev.bobbin.xmpp.api.registry.ApiHandler;
import dev.bobbin.xmpp.api.registry.ApiRegistry;
import dev.bobbin.xmpp.api.registry.ApiScope;
import dev.bobbin.xmpp.api.registry.Registration;
import dev.bobbin.xmpp.bob.BobKey;
import dev.bobbin.xmpp.bob.BobMethods;
import dev.bobbin.xmpp.bob.Shelf;
import java.util.List;

/** Has one store serve what is hosted in one scope; what was received is passed on. */
final class StoreHandlers {
  private StoreHandlers() {}

  static Registration register(ApiRegistry api, ApiScope scope, StoreAccess store) {
    List<Registration> all =
        List.of(
            api.register(
                BobMethods.SET_BOB,
                scope,
                ApiHandler.directAsync(
                    call ->
                        isHosted(call.args().key())
                            ? store.put(call.args())
                            : call.proceed(call.args()))),
            api.register(
                BobMethods.GET_BOB,
                scope,
                ApiHandler.directAsync(
                    call ->
                        isHosted(call.args())
                            ? store.get(call.args())
                            : call.proceed(call.args()))),
            api.register(
                BobMethods.DEL_BOB,
                scope,
                ApiHandler.directAsync(
                    call ->
                        isHosted(call.args())
                            ? store.delete(call.args())
                            : call.proceed(call.args()))));
    return () -> all.forEach(Registration::close);
  }

  static boolean isHosted(BobKey key) {
    return key.shelf() instanceof Shelf.Hosted;
  }
}
