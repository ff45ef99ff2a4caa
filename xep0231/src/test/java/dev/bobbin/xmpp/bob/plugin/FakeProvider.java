package dev.bobbin.xmpp.bob.plugin;

import dev.bobbin.xmpp.api.plugin.Setting;
import dev.bobbin.xmpp.bob.spi.BobStore;
import dev.bobbin.xmpp.bob.spi.BobStoreProvider;
import dev.bobbin.xmpp.bob.spi.StoreContext;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/** A provider whose store remembers what it was opened with. */
record FakeProvider(
    String name, boolean fallback, List<Setting> settings, AtomicReference<StoreContext> opened)
    implements BobStoreProvider {
  static FakeProvider named(String name) {
    return new FakeProvider(name, false, List.of(), new AtomicReference<>());
  }

  static FakeProvider fallback(String name) {
    return new FakeProvider(name, true, List.of(), new AtomicReference<>());
  }

  static FakeProvider withSettings(String name, String... keys) {
    List<Setting> settings =
        List.of(keys).stream().map(key -> Setting.of(key, "of a test", "none")).toList();
    return new FakeProvider(name, false, settings, new AtomicReference<>());
  }

  @Override
  public BobStore open(StoreContext context) throws IOException {
    opened.set(context);
    return new MapStore();
  }
}
