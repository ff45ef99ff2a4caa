package dev.bobbin.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bobbin.xmpp.api.plugin.PluginException;
import dev.bobbin.xmpp.api.plugin.ServiceLocation;
import dev.bobbin.xmpp.bob.BobKey;
import dev.bobbin.xmpp.bob.ContentId;
import dev.bobbin.xmpp.bob.plugin.BobPlugin;
import dev.bobbin.xmpp.bob.spi.BobStore;
import dev.bobbin.xmpp.bob.spi.BobStoreProvider;
import dev.bobbin.xmpp.bob.spi.StoreContext;
import dev.bobbin.xmpp.bob.spi.StoreException;
import dev.bobbin.xmpp.core.XmppClient;
import dev.bobbin.xmpp.core.XmppClientBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which store a client gets, with memory and json-file on the path and sometimes another. */
class StoreChoiceTest extends Stage {
  private static final byte[] COUCOU = "coucou".getBytes();
  private static final String CID = "sha1+5ed25af7b1ed23fb00122e13d7f74c4d8262acd8@bob.xmpp.org";

  @TempDir private Path directory;

  /** Cannot be made. */
  public static final class Failing implements BobStoreProvider {
    /** For ServiceLoader. */
    public Failing() {
      throw new UnsupportedOperationException("not on this machine");
    }

    @Override
    public String name() {
      return "failing";
    }

    @Override
    public BobStore open(StoreContext context) {
      throw new UnsupportedOperationException();
    }
  }

  /** What a provider was compiled with, and does not find. */
  public abstract static class Library implements BobStoreProvider {}

  /** Its library is not on the path. */
  public static final class Lacking extends Library {
    /** For ServiceLoader. */
    public Lacking() {}

    @Override
    public String name() {
      return "lacking";
    }

    @Override
    public BobStore open(StoreContext context) {
      throw new UnsupportedOperationException();
    }
  }

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
    try (var files = Files.list(directory)) {
      assertThat(files).isEmpty();
    }
  }

  @Test
  void build_nameInProperty_isChosenUnlessTheCodeNamesOne() {
    System.setProperty("bobbin.bob.store", "memory");
    System.setProperty("bobbin.bob.json-file.directory", directory.toString());
    try {
      bob(track(builder(ROMEO).build())).set(COUCOU, "text/plain").join();
      assertThat(directory.resolve(CID)).doesNotExist();

      XmppClient named =
          track(builder(ROMEO).plugin(BobPlugin.builder().store("json-file").build()).build());
      bob(named).set(COUCOU, "text/plain").join();
      assertThat(directory.resolve(CID)).exists();
    } finally {
      System.clearProperty("bobbin.bob.store");
      System.clearProperty("bobbin.bob.json-file.directory");
    }
  }

  @Test
  void build_unknownName_failsAndListsWhatWasFound() {
    assertThatThrownBy(() -> builder(ROMEO).setting("xep_0231", "store", "redis").build())
        .isInstanceOf(PluginException.class)
        .hasMessage(
            "The plugin 'xep_0231' cannot be turned on: No BobStoreProvider named 'redis'; found:"
                + " json-file, memory. Add its module or choose another"
                + " (docs/errors.md#no-such-store)")
        .hasCauseInstanceOf(StoreException.class);
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
                + " 'memory.max-bytes'? There are: store, json-file.directory, memory.max-bytes,"
                + " memory.max-entries (docs/errors.md#bad-setting)");
  }

  @Test
  void build_providerThatCannotBeMade_failsUnlessAStoreIsNamed() throws Exception {
    ServiceLocation location = location(Failing.class);

    assertThatThrownBy(() -> builder(ROMEO).services(location).build())
        .isInstanceOf(PluginException.class)
        .hasMessage(
            "The plugin 'xep_0231' cannot be turned on: A BobStoreProvider cannot be loaded: "
                + BobStoreProvider.class.getName()
                + ": Provider "
                + Failing.class.getName()
                + " could not be instantiated: java.lang.UnsupportedOperationException: not on this"
                + " machine. Mend or remove its jar, or choose a store by name"
                + " (docs/errors.md#broken-store)")
        .hasRootCauseMessage("not on this machine");
    XmppClient named =
        track(builder(ROMEO).services(location).setting("xep_0231", "store", "memory").build());
    assertThat(bob(named).set(COUCOU, "text/plain").join()).hasToString(CID);
  }

  @Test
  void build_providerThatLacksAClass_failsUnlessAStoreIsNamed() throws Exception {
    ServiceLocation location = location(Lacking.class);

    assertThatThrownBy(() -> builder(ROMEO).services(location).build())
        .isInstanceOf(PluginException.class)
        .hasMessageContaining("A BobStoreProvider cannot be loaded: ")
        .rootCause()
        .isInstanceOf(ClassNotFoundException.class)
        .hasMessage(Library.class.getName());
    XmppClient named =
        track(builder(ROMEO).services(location).setting("xep_0231", "store", "memory").build());
    assertThat(bob(named).set(COUCOU, "text/plain").join()).hasToString(CID);
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

  private ServiceLocation location(Class<?> provider) throws IOException {
    return ServiceLocation.of(
        new ExtraProviders(directory, BobStoreProvider.class, Library.class, provider));
  }
}
