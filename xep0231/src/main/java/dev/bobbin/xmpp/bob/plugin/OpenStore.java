package dev.bobbin.xmpp.bob.plugin;

import dev.bobbin.xmpp.api.Quoted;
import dev.bobbin.xmpp.api.plugin.PluginContext;
import dev.bobbin.xmpp.api.plugin.ServiceLocation;
import dev.bobbin.xmpp.bob.spi.BobStore;
import dev.bobbin.xmpp.bob.spi.BobStoreProvider;
import dev.bobbin.xmpp.bob.spi.StoreContext;
import java.io.IOException;
import java.util.ServiceLoader;

/**
 * A store in use.
 *
 * @param name of its provider, or {@code given in code}
 * @param store the store
 * @param place where its items are, fit for a log
 * @param isOurs whether it is ours to close
 */
record OpenStore(String name, BobStore store, String place, boolean isOurs) {
  /** A path may be long, and is of use only as a whole. */
  private static final int LONGEST_PLACE = 1000;

  /** Opens the one that was chosen among those on the path. */
  static OpenStore found(PluginContext context, BobSettings settings) {
    ServiceLocation services = context.services();
    ServiceLoader<BobStoreProvider> loader =
        services.load(
            BobPlugin.class,
            from -> ServiceLoader.load(BobStoreProvider.class, from),
            layer -> ServiceLoader.load(layer, BobStoreProvider.class));
    StoreChooser chooser =
        new StoreChooser(
            new FoundStores(
                loader.iterator(),
                () -> services.overlooked(BobPlugin.class, BobStoreProvider.class)),
            StoreSettings.of(settings.ofStores(), System.getProperties()));
    return chooser.open(chooser.choose(), context(context, settings));
  }

  /** What a store of this plugin is opened with, but for its settings. */
  static StoreContext context(PluginContext context, BobSettings settings) {
    return StoreContext.of(context.account())
        .withClock(context.clock())
        .withExecutor(context.workers())
        .withMaxItemBytes(settings.maxItemBytes());
  }

  static OpenStore ours(String name, BobStore store) {
    return new OpenStore(name, store, place(store), true);
  }

  static OpenStore given(BobStore store) {
    return new OpenStore("given in code", store, place(store), false);
  }

  private static String place(BobStore store) {
    try {
      return Quoted.cut(String.valueOf(store.place()), LONGEST_PLACE);
    } catch (VirtualMachineError e) {
      throw e;
    } catch (Throwable e) {
      // A store that only cannot say where it is can still keep things.
      return "unknown, because of " + Quoted.of(e.toString());
    }
  }

  void close() throws IOException {
    if (isOurs) {
      store.close();
    }
  }
}
