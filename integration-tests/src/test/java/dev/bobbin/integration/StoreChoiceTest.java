package dev.bobbin.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bobbin.store.jsonfile.JsonFileBobStore;
import dev.bobbin.xmpp.api.plugin.PluginException;
import dev.bobbin.xmpp.api.registry.ApiScope;
import dev.bobbin.xmpp.bob.BobKey;
import dev.bobbin.xmpp.bob.ContentId;
import dev.bobbin.xmpp.bob.plugin.BobPlugin;
import dev.bobbin.xmpp.bob.spi.BobStore;
import dev.bobbin.xmpp.bob.spi.StoreContext;
import dev.bobbin.xmpp.core.XmppClient;
import dev.bobbin.xmpp.core.XmppClientBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What clients keep in the store that they get, with memory and json-file on the path. Which one
 * that is, by the jars there are, is tested with jars in packaging-tests.
 */
class StoreChoiceTest extends Stage {
  private static final byte[] COUCOU = "coucou".getBytes();
  private static final String CID = "sha1+5ed25af7b1ed23fb00122e13d7f74c4d8262acd8@bob.xmpp.org";

  @TempDir private Path directory;

  private XmppClientBuilder inDirectory() {
    return builder(ROMEO).setting("xep_0231", "json-file.directory", directory.toString());
  }

  @Test
  void build_jsonFileBesideMemory_isTheOnlyOneThatIsNoFallback() {
    XmppClient first = track(inDirectory().build());
    bob(first).set(COUCOU, "text/plain").join();
    first.close();

    assertThat(directory.resolve(CID)).exists();
    XmppClient second = track(inDirectory().build());
    assertThat(bob(second).get(ContentId.of(CID)).join()).isPresent();
  }

  @Test
  void build_memoryByName_isChosen() throws Exception {
    XmppClient client = track(inDirectory().setting("xep_0231", "store", "memory").build());
    bob(client).set(COUCOU, "text/plain").join();

    assertThat(bob(client).get(ContentId.of(CID)).join()).isPresent();
    BobStore opened = bob(client).store();
    assertThat(opened.get(BobKey.hosted(ContentId.of(CID)))).isPresent();
    client.close();
    assertThatThrownBy(() -> opened.scan(null, 1)).isInstanceOf(IllegalStateException.class);
    try (var files = Files.list(directory)) {
      assertThat(files).isEmpty();
    }
  }

  @Test
  void build_badSettingOfTheStore_failsAndNamesIt() {
    assertThatThrownBy(
            () ->
                builder(ROMEO)
                    .setting("xep_0231", "store", "memory")
                    .setting("xep_0231", "memory.max-bytes", "much")
                    .build())
        .isInstanceOf(PluginException.class)
        .hasMessageStartingWith(
            "The plugin 'xep_0231' cannot be turned on: The store 'memory' cannot be opened:"
                + " Setting 'max-bytes' of the store 'memory' is 'much'; ");
    assertThatThrownBy(
            () ->
                builder(ROMEO)
                    .setting("xep_0231", "store", "memory")
                    .setting("xep_0231", "memory.max-byte", "5000")
                    .build())
        .hasMessageEndingWith(
            "The setting 'memory.max-byte' of xep_0231 sets nothing; did you mean"
                + " 'memory.max-bytes'? There are: store, json-file.allow-shared-directory, json-file.directory, json-file.max-bytes,"
                + " json-file.max-entries, memory.max-bytes, memory.max-entries (docs/errors.md#bad-setting)");
  }

  @Test
  void build_givenInstance_isUsedAndNotClosed() throws Exception {
    MapStore store = new MapStore();
    XmppClient client =
        track(builder(ROMEO).plugin(BobPlugin.builder().store(store).build()).build());
    bob(client).set(COUCOU, "text/plain").join();
    client.close();

    assertThat(store.items).containsOnlyKeys(BobKey.hosted(ContentId.of(CID)));
    assertThat(store.closed).isFalse();
  }

  /** As in a move to another store: what the plugin takes, the next store has to take. */
  @Test
  void storeContext_ofAPluginForLargerItems_opensAStoreForThem() throws Exception {
    XmppClient client =
        track(
            builder(ROMEO)
                .setting("xep_0231", "store", "memory")
                .setting("xep_0231", "max-item-bytes", "20000")
                .build());
    StoreContext context = bob(client).storeContext();
    assertThat(context.account()).isEqualTo(ROMEO.bare());
    try (BobStore next = JsonFileBobStore.open(directory, context)) {
      bob(client).useStore(ApiScope.everywhere(), next);
      ContentId cid = bob(client).set(new byte[20_000], "image/png").join();
      assertThat(next.get(BobKey.hosted(cid))).isPresent();
    }
  }

  @Test
  void build_twoClientsInOneJvm_shareNothing() {
    XmppClient juliet = client(JULIET);
    XmppClient romeo = client(ROMEO);
    ContentId cid = ContentId.of(CID);
    bob(juliet).set(COUCOU, "text/plain").join();
    assertThat(bob(romeo).get(cid).join()).isEmpty();

    bob(romeo).set(COUCOU, "text/x-other").join();
    assertThat(bob(juliet).get(cid).join().orElseThrow().type()).isEqualTo("text/plain");
    assertThat(bob(romeo).delete(cid).join()).isTrue();
    assertThat(bob(juliet).get(cid).join()).isPresent();
    romeo.close();
    assertThat(bob(juliet).get(cid).join()).isPresent();
  }
}
