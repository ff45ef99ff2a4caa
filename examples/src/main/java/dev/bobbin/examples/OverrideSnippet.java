package dev.bobbin.examples;

import dev.bobbin.xmpp.api.registry.ApiHandler;
import dev.bobbin.xmpp.api.registry.ApiScope;
import dev.bobbin.xmpp.api.registry.Registration;
import dev.bobbin.xmpp.bob.BobKey;
import dev.bobbin.xmpp.bob.BobMethods;
import dev.bobbin.xmpp.bob.StoredBob;
import dev.bobbin.xmpp.core.XmppClient;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;

final class OverrideSnippet {
  private OverrideSnippet() {}

  static Registration count(XmppClient client, LongAdder asked) {
    // tag::override[]
    ApiHandler<BobKey, Optional<StoredBob>> counting =
        call -> {
          call.from().ifPresent(peer -> asked.increment());
          return call.proceed(call.args()); // whoever served until now: a store, another handler
        };
    Registration count = client.api().register(BobMethods.GET_BOB, ApiScope.everywhere(), counting);
    // end::override[]
    return count;
  }
}
