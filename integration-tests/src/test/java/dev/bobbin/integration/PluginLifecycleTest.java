package dev.bobbin.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bobbin.xmpp.api.plugin.PluginException;
import dev.bobbin.xmpp.api.plugin.ServiceLocation;
import dev.bobbin.xmpp.api.plugin.Setting;
import dev.bobbin.xmpp.api.registry.ApiHandler;
import dev.bobbin.xmpp.api.registry.ApiScope;
import dev.bobbin.xmpp.api.registry.ApiTarget;
import dev.bobbin.xmpp.api.registry.NoHandlerException;
import dev.bobbin.xmpp.bob.Bob;
import dev.bobbin.xmpp.bob.BobKey;
import dev.bobbin.xmpp.bob.BobMethods;
import dev.bobbin.xmpp.bob.StoredBob;
import dev.bobbin.xmpp.bob.plugin.BobPlugin;
import dev.bobbin.xmpp.bob.spi.BobStore;
import dev.bobbin.xmpp.bob.spi.BobStoreProvider;
import dev.bobbin.xmpp.bob.spi.Page;
import dev.bobbin.xmpp.bob.spi.StoreContext;
import dev.bobbin.xmpp.core.XmppClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is left of the plugin when it is off: nothing. */
class PluginLifecycleTest extends Stage {
  private static final Bob COUCOU = Bob.of("coucou".getBytes(), "text/plain");

  @TempDir private Path directory;

  /** Its stores write into a file when they are opened and closed. */
  public static final class Tracing implements BobStoreProvider {
    /** For ServiceLoader. */
    public Tracing() {}

    @Override
    public String name() {
      return "tracing";
    }

    @Override
    public List<Setting> settings() {
      return List.of(Setting.of("file", "where to write", "none"));
    }

    @Override
    public BobStore open(StoreContext context) throws IOException {
      Path file = Path.of(context.settings().text("file").orElseThrow());
      Files.writeString(file, "open ", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
      return new Store(file);
    }

    /** The store. */
    public record Store(Path file) implements BobStore {
      @Override
      public void put(StoredBob item) {
        throw new UnsupportedOperationException();
      }

      @Override
      public Optional<StoredBob> get(BobKey key) {
        return Optional.empty();
      }

      @Override
      public boolean delete(BobKey key) {
        return false;
      }

      @Override
      public Page<BobKey> scan(String cursor, int limit) {
        return new Page<>(List.of(), null);
      }

      @Override
      public void close() throws IOException {
        Files.writeString(file, "closed ", StandardOpenOption.APPEND);
      }
    }
  }

  @Test
  void disablePlugin_bob_leavesNoHandlers() {
    XmppClient juliet = connected(JULIET);
    XmppClient romeo = connected(ROMEO);
    BobPlugin plugin = bob(romeo);
    plugin.set(COUCOU).join();
    romeo.disablePlugin("xep_0231");

    for (var call :
        List.<Runnable>of(
            () -> plugin.get(COUCOU.cid()),
            () -> plugin.set(COUCOU),
            () -> plugin.set(new byte[1], "a/b"),
            () -> plugin.delete(COUCOU.cid()),
            () -> plugin.fetch(JULIET, COUCOU.cid()))) {
      assertThatThrownBy(call::run)
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("The plugin 'xep_0231' is off; turn it on first (docs/errors.md#plugin-off)");
    }
    assertThatThrownBy(
            () ->
                romeo
                    .api()
                    .call(BobMethods.GET_BOB, ApiTarget.of(ROMEO), BobKey.hosted(COUCOU.cid()))
                    .join())
        .hasCauseInstanceOf(NoHandlerException.class)
        .hasMessageContaining(
            "Its default comes with the plugin 'xep_0231': turn that on, or register a handler");
    assertThatThrownBy(() -> bob(juliet).fetch(ROMEO, COUCOU.cid()).join())
        .hasMessageContaining("service-unavailable");
    assertThatThrownBy(() -> bob(romeo)).isInstanceOf(PluginException.class);
  }

  @Test
  void disablePlugin_bob_endsOverridesOfItsMethods() {
    XmppClient romeo = client(ROMEO);
    var registration =
        romeo
            .api()
            .register(
                BobMethods.GET_BOB,
                ApiScope.everywhere(),
                ApiHandler.direct(
                    call -> {
                      throw new AssertionError("this handler did not survive");
                    }));
    romeo.disablePlugin("xep_0231");
    romeo.enablePlugin("xep_0231");
    registration.close();

    assertThat(bob(romeo).get(COUCOU.cid()).join()).isEmpty();
    assertThat(romeo.api().explain(BobMethods.GET_BOB, ApiTarget.of(ROMEO))).hasSize(1);
  }

  @Test
  void disablePlugin_bob_closesTheStoreThatItOpened() throws Exception {
    Path file = directory.resolve("trace");
    XmppClient romeo = track(builder(ROMEO).services(tracing()).discoverPlugins(false).build());
    assertThat(file).doesNotExist();
    romeo.enablePlugin(tracingPlugin(file));
    assertThat(file).hasContent("open ");
    romeo.disablePlugin("xep_0231");
    assertThat(file).hasContent("open closed ");
    romeo.enablePlugin(tracingPlugin(file));
    romeo.close();
    assertThat(file).hasContent("open closed open closed ");
  }

  @Test
  void enablePlugin_requestsAnsweredByTheApplication_failsAndClosesTheStore() throws Exception {
    Path file = directory.resolve("trace");
    XmppClient romeo = track(builder(ROMEO).services(tracing()).discoverPlugins(false).build());
    var own =
        romeo.onRequest(
            "data", "urn:xmpp:bob", request -> CompletableFuture.completedFuture(request.result()));

    assertThatThrownBy(() -> romeo.enablePlugin(tracingPlugin(file)))
        .isInstanceOf(PluginException.class)
        .hasMessage(
            "The plugin 'xep_0231' cannot be turned on: Requests with <data"
                + " xmlns='urn:xmpp:bob'/> are answered already");
    assertThat(file).hasContent("open closed ");
    assertThat(romeo.api().explain(BobMethods.GET_BOB, ApiTarget.of(ROMEO))).isEmpty();
    own.close();
    romeo.enablePlugin(tracingPlugin(file));
    assertThat(bob(romeo).get(COUCOU.cid()).join()).isEmpty();
  }

  private ServiceLocation tracing() throws IOException {
    return ServiceLocation.of(
        new ExtraProviders(directory, BobStoreProvider.class, Tracing.class, Tracing.Store.class));
  }

  private static BobPlugin tracingPlugin(Path file) {
    return BobPlugin.builder()
        .store("tracing")
        .storeSetting("tracing", "file", file.toString())
        .build();
  }
}
