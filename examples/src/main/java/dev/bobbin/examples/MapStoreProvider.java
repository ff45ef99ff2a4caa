package dev.bobbin.examples;

import dev.bobbin.xmpp.bob.spi.BobStore;
import dev.bobbin.xmpp.bob.spi.BobStoreProvider;
import dev.bobbin.xmpp.bob.spi.StoreContext;

// tag::provider[]
public final class MapStoreProvider implements BobStoreProvider {
  @Override
  public String name() { // store("map"), or -Dbobbin.bob.store=map
    return "map";
  }

  @Override
  public BobStore open(StoreContext context) { // account, settings, clock, limits
    return new MapStore(context.clock());
  }
}
// end::provider[]
