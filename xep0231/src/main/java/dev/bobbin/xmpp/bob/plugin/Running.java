package dev.bobbin.xmpp.bob.plugin;

import dev.bobbin.xmpp.api.plugin.PluginContext;
import dev.bobbin.xmpp.api.plugin.RequestHandler;
import dev.bobbin.xmpp.api.plugin.StanzaListener;
import dev.bobbin.xmpp.bob.Bob;
import dev.bobbin.xmpp.disco.DiscoPlugin;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What there is of the plugin only while it is on, and how its parts know each other. */
record Running(
    PluginContext context,
    BobSettings settings,
    OpenStore open,
    SessionCache cache,
    Events events,
    Shelves shelves,
    BobHosting hosting,
    Receiving receiving,
    Fetching fetching) {
  private static final Logger LOG = LoggerFactory.getLogger(Running.class);

  /** Registers all that the plugin answers, hears and says; the context takes it away again. */
  static Running start(PluginContext context, BobSettings settings, OpenStore open) {
    Events events = new Events(context.workers());
    SessionCache cache =
        new SessionCache(
            settings.cacheBytes(),
            settings.cacheEntries(),
            context.clock(),
            key -> events.tell(new BobEvent.Expired(key)));
    new DefaultHandlers(
            new StoreAccess(open.store(), context.workers()),
            cache,
            settings.caching(),
            new ExpirySweep(cache, context.clock(), context::after)::schedule)
        .register(context.api());
    Shelves shelves = new Shelves(context);
    Receiving receiving =
        new Receiving(
            context, new Keeping(context, shelves, events), events, settings.maxItemBytes());
    Serving serving = new Serving(context, shelves, budget(context, settings), settings);
    context.onRequest(DataElement.NAME, Bob.NAMESPACE, RequestHandler.direct(serving::answer));
    context.onMessage(StanzaListener.direct(receiving::take));
    context.onPresence(StanzaListener.direct(receiving::take));
    context.keep(context.plugin(DiscoPlugin.class).addFeature(Bob.NAMESPACE));
    LOG.info(
        "Bits of Binary of {} are in the store '{}': {}",
        context.account(),
        open.name(),
        open.place());
    return new Running(
        context,
        settings,
        open,
        cache,
        events,
        shelves,
        new BobHosting(context, settings, shelves, context::self),
        receiving,
        new Fetching(context, shelves, receiving));
  }

  private static ServedBytes budget(PluginContext context, BobSettings settings) {
    return new ServedBytes(
        settings.servedBytesPerSecond(), settings.maxItemBytes(), context.clock());
  }

  /** Frees what the context does not know of. */
  void stop() throws IOException {
    fetching.stop();
    cache.clear();
    open.close();
  }
}
