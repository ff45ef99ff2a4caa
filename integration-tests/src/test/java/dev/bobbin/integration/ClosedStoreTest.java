package dev.bobbin.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bobbin.xmpp.bob.BobData;
import dev.bobbin.xmpp.bob.BobKey;
import dev.bobbin.xmpp.bob.ContentId;
import dev.bobbin.xmpp.bob.StoredBob;
import dev.bobbin.xmpp.bob.plugin.BobPlugin;
import dev.bobbin.xmpp.bob.spi.BobStore;
import dev.bobbin.xmpp.bob.spi.Page;
import dev.bobbin.xmpp.core.XmppClient;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An application closes the store that it gave to a client, and the client is still on. */
class ClosedStoreTest extends Stage {
  private static final byte[] COUCOU = "coucou".getBytes();
  private static final ContentId CID =
      ContentId.of("sha1+5ed25af7b1ed23fb00122e13d7f74c4d8262acd8@bob.xmpp.org");
  private static final String CLOSED = "This store is closed; open another one";

  /** Refuses everything once it is closed; a look-up can be held until then. */
  private static final class ApplicationsStore implements BobStore {
    private final MapStore items = new MapStore();
    private final boolean blocks;
    private final CountDownLatch asked = new CountDownLatch(1);
    private volatile CountDownLatch goOn = new CountDownLatch(0);

    ApplicationsStore(boolean blocks) {
      this.blocks = blocks;
    }

    private MapStore open() {
      if (items.closed) {
        throw new IllegalStateException(CLOSED);
      }
      return items;
    }

    void holdLookUps() {
      goOn = new CountDownLatch(1);
    }

    @Override
    public void put(StoredBob item) {
      open().put(item);
    }

    @Override
    public Optional<StoredBob> get(BobKey key) {
      asked.countDown();
      await(goOn);
      return open().get(key);
    }

    @Override
    public boolean delete(BobKey key) {
      return open().delete(key);
    }

    @Override
    public Page<BobKey> scan(String cursor, int limit) {
      return open().scan(cursor, limit);
    }

    @Override
    public boolean blocks() {
      return blocks;
    }

    @Override
    public void close() {
      items.close();
      goOn.countDown();
    }
  }

  private XmppClient romeo(BobStore store) {
    XmppClient romeo =
        track(builder(ROMEO).plugin(BobPlugin.builder().store(store).build()).build());
    romeo.connect().join();
    return romeo;
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void anyMethod_storeClosed_failsWithTheStoresError(boolean blocks) {
    ApplicationsStore store = new ApplicationsStore(blocks);
    BobPlugin bob = bob(romeo(store));
    bob.set(COUCOU, "text/plain").join();
    store.close();

    for (CompletableFuture<?> failing :
        List.of(bob.set(COUCOU, "text/plain"), bob.get(CID), bob.delete(CID))) {
      assertThatThrownBy(failing::join)
          .cause()
          .isInstanceOf(IllegalStateException.class)
          .hasMessage(CLOSED);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void request_storeClosed_isInternalServerErrorAndTheClientGoesOn(boolean blocks) {
    ApplicationsStore store = new ApplicationsStore(blocks);
    XmppClient romeo = romeo(store);
    XmppClient juliet = connected(JULIET);
    bob(romeo).set(COUCOU, "text/plain").join();
    store.close();
    assertRefused(juliet);

    ContentId hers = bob(juliet).set("hers".getBytes(), "text/plain").join();
    assertThat(bob(romeo).fetch(JULIET, hers).handle((bob, problem) -> problem).join())
        .as("what the application is told, whose cache look-up fails")
        .hasRootCauseMessage(CLOSED);
    assertRefused(juliet);
    assertThat(wire.iqs("error")).hasSize(2);
  }

  @Test
  void request_storeClosedWhileItIsAsked_isInternalServerError() {
    ApplicationsStore store = new ApplicationsStore(true);
    XmppClient romeo = romeo(store);
    XmppClient juliet = connected(JULIET);
    bob(romeo).set(COUCOU, "text/plain").join();
    store.holdLookUps();

    CompletableFuture<?> fetching = bob(juliet).fetch(ROMEO, CID);
    await(store.asked);
    store.close();

    assertThatThrownBy(fetching::join).hasMessageContaining("internal-server-error");
    assertThat(store.items.items.get(BobKey.hosted(CID)).bob().data())
        .as("what was acknowledged")
        .isEqualTo(BobData.of(COUCOU));
  }

  private void assertRefused(XmppClient asking) {
    assertThatThrownBy(() -> bob(asking).fetch(ROMEO, CID).join())
        .hasMessageContaining("internal-server-error");
    assertThat(wire.iqs("error"))
        .containsOnly(
            "<iq xmlns='jabber:client' type='error' id='ID' to='juliet@example.org/balcony'"
                + " from='romeo@example.org/orchard'><error type='cancel'><internal-server-error"
                + " xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></iq>");
  }
}
