package dev.bobbin.crash;

import dev.bobbin.xmpp.api.jid.Jid;
import dev.bobbin.xmpp.api.plugin.Settings;
import dev.bobbin.xmpp.bob.spi.BobStore;
import dev.bobbin.xmpp.bob.spi.BobStoreProvider;
import dev.bobbin.xmpp.bob.spi.StoreContext;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;

/**
 * How a store is opened, by this process or another.
 *
 * @param store the name of its provider
 * @param settings of the provider; in values, {@value #PLACE} stands for the name of a place, so
 *     that one source opens several stores
 */
record StoreSource(String store, Map<String, String> settings) {
  static final String PLACE = "{place}";

  StoreSource {
    settings = Map.copyOf(settings);
  }

  StoreSource with(String key, String value) {
    Map<String, String> more = new LinkedHashMap<>(settings);
    more.put(key, value);
    return new StoreSource(store, more);
  }

  /** The same place by another provider, which takes the same settings. */
  StoreSource by(String provider) {
    return new StoreSource(provider, settings);
  }

  BobStore open(String place) throws IOException {
    return open(place, InstantSource.system());
  }

  BobStore open(String place, InstantSource clock) throws IOException {
    Map<String, String> values = new LinkedHashMap<>();
    settings.forEach((key, value) -> values.put(key, value.replace(PLACE, place)));
    return provider()
        .open(
            StoreContext.of(Jid.of("crash@example.org"))
                .withSettings(Settings.of(store, values))
                .withClock(clock));
  }

  private BobStoreProvider provider() {
    List<BobStoreProvider> all =
        ServiceLoader.load(BobStoreProvider.class).stream()
            .map(ServiceLoader.Provider::get)
            .toList();
    return all.stream()
        .filter(provider -> provider.name().equals(store))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "No store named '"
                        + store
                        + "'; there are "
                        + all.stream().map(BobStoreProvider::name).toList()));
  }

  /** Over a pipe, since arguments would show in the list of processes. */
  void send(BufferedWriter out) throws IOException {
    out.write(store + '\n');
    for (Map.Entry<String, String> each : settings.entrySet()) {
      out.write(each.getKey() + '=' + each.getValue() + '\n');
    }
    out.write('\n');
    out.flush();
  }

  static StoreSource receive(BufferedReader in) throws IOException {
    String store = in.readLine();
    Map<String, String> settings = new LinkedHashMap<>();
    String line = in.readLine();
    while (line != null && !line.isEmpty()) {
      int equals = line.indexOf('=');
      settings.put(line.substring(0, equals), line.substring(equals + 1));
      line = in.readLine();
    }
    if (store == null || line == null) {
      throw new IOException("nobody has said which store is to be opened");
    }
    return new StoreSource(store, settings);
  }
}
