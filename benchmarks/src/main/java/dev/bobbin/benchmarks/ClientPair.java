package dev.bobbin.benchmarks;

import dev.bobbin.xmpp.api.jid.Jid;
import dev.bobbin.xmpp.api.plugin.RequestHandler;
import dev.bobbin.xmpp.api.stanza.Iq;
import dev.bobbin.xmpp.api.xml.XmlElement;
import dev.bobbin.xmpp.bob.ContentId;
import dev.bobbin.xmpp.bob.plugin.BobPlugin;
import dev.bobbin.xmpp.bob.plugin.Caching;
import dev.bobbin.xmpp.core.XmppClient;
import dev.bobbin.xmpp.core.XmppClientBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * Two clients of one server: one hosts bits of binary, the other fetches them, each time from the
 * network, since it keeps nothing. There are more items than are ever asked for at once, so that no
 * two requests in flight are for the same one.
 */
final class ClientPair implements AutoCloseable {
  static final String HOST = "host";
  static final String FETCHER = "fetcher";

  private static final int ITEMS = 1024;
  private static final XmlElement PING = XmlElement.of("ping", "urn:xmpp:ping");

  private final XmppClient host;
  private final XmppClient fetcher;
  private final List<ContentId> hosted = new ArrayList<>();
  private final AtomicInteger next = new AtomicInteger();

  private ClientPair(XmppClient host, XmppClient fetcher) {
    this.host = host;
    this.fetcher = fetcher;
  }

  /**
   * Connects both, and has the items hosted. Blocks.
   *
   * @param builders makes the builder of the account with that local part
   * @param itemBytes the size of each item
   */
  static ClientPair connect(Function<String, XmppClientBuilder> builders, int itemBytes) {
    ClientPair pair = new ClientPair(client(builders, HOST), client(builders, FETCHER));
    try {
      pair.start(itemBytes);
      return pair;
    } catch (RuntimeException | Error e) {
      pair.close();
      throw e;
    }
  }

  private static XmppClient client(Function<String, XmppClientBuilder> builders, String local) {
    return builders
        .apply(local)
        .plugin(
            BobPlugin.builder()
                .store("memory")
                .caching(Caching.NONE)
                .servedBytesPerSecond(0) // One requester asks for all that there is.
                .build())
        .build();
  }

  private void start(int itemBytes) {
    host.connect().join();
    fetcher.connect().join();
    host.onRequest(
        "ping",
        "urn:xmpp:ping",
        RequestHandler.direct(request -> CompletableFuture.completedFuture(request.result())));
    Random random = new Random(1);
    for (int i = 0; i < ITEMS; i++) {
      byte[] data = new byte[itemBytes];
      random.nextBytes(data);
      hosted.add(host.plugin(BobPlugin.class).set(data, "application/octet-stream").join());
    }
  }

  Workload ping() {
    Jid peer = host.self();
    return new FutureWorkload("IQ ping", () -> fetcher.request(Iq.get(peer, PING)));
  }

  Workload fetch() {
    Jid peer = host.self();
    BobPlugin plugin = fetcher.plugin(BobPlugin.class);
    return new FutureWorkload(
        "bob get",
        () -> plugin.fetch(peer, hosted.get(Math.floorMod(next.getAndIncrement(), ITEMS))));
  }

  @Override
  public void close() {
    fetcher.close();
    host.close();
  }
}
