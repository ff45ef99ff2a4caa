package dev.bobbin.packaging;

import dev.bobbin.xmpp.api.jid.Jid;
import dev.bobbin.xmpp.api.plugin.ServiceLocation;
import dev.bobbin.xmpp.bob.ContentId;
import dev.bobbin.xmpp.bob.plugin.BobPlugin;
import dev.bobbin.xmpp.bob.plugin.BobPluginBuilder;
import dev.bobbin.xmpp.core.XmppClient;
import dev.bobbin.xmpp.core.XmppClientBuilder;
import dev.bobbin.xmpp.core.XmppRuntime;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletionException;

/**
 * Prints which store a client gets, and whether it works: {@code store: NAME} and {@code works:
 * true}, or {@code error: MESSAGE}.
 *
 * <p>Arguments, each of which may be missing: {@code name=STORE} names it on the plugin's builder;
 * {@code instance=true} gives one in code; {@code set.KEY=VALUE} sets something for the plugin
 * {@code xep_0231} on the client's builder; {@code for.PLUGIN=KEY} for another; {@code
 * loader=system} looks for plugins and stores by the system's class loader; {@code clients=N} first
 * makes so many others on the same runtime.
 */
public final class StoreProbe {
  private StoreProbe() {}

  /**
   * Makes a client and prints.
   *
   * @param arguments see above
   */
  public static void main(String... arguments) {
    try (XmppRuntime runtime = XmppRuntime.create()) {
      run(new Arguments(arguments), runtime);
    } catch (RuntimeException | Error e) {
      System.out.println("error: " + e.getMessage());
    }
  }

  private static void run(Arguments arguments, XmppRuntime runtime) {
    for (int i = arguments.get("clients").map(Integer::valueOf).orElse(0); i > 0; i--) {
      builder(runtime).build().close();
    }
    XmppClientBuilder builder = builder(runtime);
    if (arguments.get("loader").isPresent()) {
      builder.services(ServiceLocation.of(ClassLoader.getSystemClassLoader()));
    }
    arguments.behind("set.").forEach((key, value) -> builder.setting("xep_0231", key, value));
    arguments.behind("for.").forEach((plugin, key) -> builder.setting(plugin, key, "1"));
    BobPluginBuilder plugin = BobPlugin.builder();
    if (arguments.get("instance").isPresent()) {
      builder.plugin(plugin.store(new MapStore()).build());
    } else if (arguments.get("name").isPresent()) {
      builder.plugin(plugin.store(arguments.need("name")).build());
    }
    try (XmppClient client = builder.build()) {
      BobPlugin bob = client.plugin(BobPlugin.class);
      System.out.println("store: " + bob.storeName());
      try {
        ContentId cid = bob.set("coucou".getBytes(StandardCharsets.UTF_8), "text/plain").join();
        System.out.println("works: " + bob.get(cid).join().isPresent());
      } catch (CompletionException e) {
        System.out.println("works: " + e.getCause());
      }
    }
  }

  private static XmppClientBuilder builder(XmppRuntime runtime) {
    return XmppClient.builder(Jid.of("romeo@example.org"), "jul13t").runtime(runtime);
  }
}
