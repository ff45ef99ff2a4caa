package dev.bobbin.packaging;

import dev.bobbin.xmpp.api.jid.Jid;
import dev.bobbin.xmpp.api.registry.ApiHandler;
import dev.bobbin.xmpp.api.registry.ApiScope;
import dev.bobbin.xmpp.api.registry.Registration;
import dev.bobbin.xmpp.bob.Bob;
import dev.bobbin.xmpp.bob.BobKey;
import dev.bobbin.xmpp.bob.BobMethods;
import dev.bobbin.xmpp.bob.ContentId;
import dev.bobbin.xmpp.bob.StoredBob;
import dev.bobbin.xmpp.bob.plugin.BobPlugin;
import dev.bobbin.xmpp.bob.spi.BobStoreProvider;
import dev.bobbin.xmpp.core.XmppClient;
import dev.bobbin.xmpp.core.XmppClientBuilder;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Asserts the same wherever it runs: that plugins and stores are found, that the right store is
 * chosen and works, that a method can be replaced and given back; with {@code dns}, that two
 * clients can look a server up, log in over TLS and fetch from each other. Prints a line for each,
 * and ends with status 1 when one failed.
 *
 * <p>Arguments: {@code named=true} or {@code false}, whether it is a named module; {@code
 * directory=PATH} for the files; and perhaps {@code dns=N ca=PEM-FILE}, a port on 127.0.0.1 with a
 * name server that knows one of {@code example.org}, with the accounts {@code juliet} and {@code
 * romeo}.
 */
public final class Probe {
  private static final byte[] COUCOU = "coucou".getBytes(StandardCharsets.UTF_8);
  private static final String CID = "sha1+5ed25af7b1ed23fb00122e13d7f74c4d8262acd8@bob.xmpp.org";

  private final Arguments arguments;
  private final Checks checks = new Checks();

  private Probe(Arguments arguments) {
    this.arguments = arguments;
  }

  /**
   * Runs the assertions.
   *
   * @param arguments see above
   */
  public static void main(String... arguments) {
    Probe probe = new Probe(new Arguments(arguments));
    try {
      probe.run();
    } catch (Exception | LinkageError e) {
      probe.checks.threw("everything else", e);
    }
    System.exit(probe.checks.status());
  }

  private void run() throws Exception {
    checks.that(
        "runs as a named module",
        arguments.need("named"),
        Boolean.toString(Probe.class.getModule().isNamed()));
    checks.that("stores that are found", List.of("json-file", "memory"), stores());
    try (XmppClient romeo = builder("romeo", "jul13t").build()) {
      checks.that(
          "plugins that are on", List.of("xep_0030", "xep_0115", "xep_0231"), sorted(romeo));
      BobPlugin bob = romeo.plugin(BobPlugin.class);
      checks.that("the store that is chosen", "json-file", bob.storeName());
      ContentId cid = bob.set(COUCOU, "text/plain").join();
      checks.that("the content-id of what was set", CID, cid.value());
      checks.that("what is got back", Optional.of("text/plain"), type(bob, cid));
      override(romeo, bob, cid);
      if (arguments.get("dns").isPresent()) {
        overTheServer(romeo, cid);
      }
    }
  }

  private void override(XmppClient client, BobPlugin bob, ContentId cid) {
    ApiHandler<BobKey, Optional<StoredBob>> nothing = ApiHandler.direct(call -> Optional.empty());
    Registration registration =
        client.api().register(BobMethods.GET_BOB, ApiScope.everywhere(), nothing);
    checks.that("what is got while overridden", Optional.empty(), type(bob, cid));
    registration.close();
    checks.that("what is got afterwards", Optional.of("text/plain"), type(bob, cid));
  }

  private void overTheServer(XmppClient romeo, ContentId cid) throws Exception {
    connect(romeo);
    try (XmppClient juliet =
        builder("juliet", "r0m30").setting("xep_0231", "store", "memory").build()) {
      connect(juliet);
      Bob fetched =
          juliet.plugin(BobPlugin.class).fetch(romeo.self(), cid).get(20, TimeUnit.SECONDS);
      checks.that("what the other client fetched", "text/plain", fetched.type());
    }
  }

  private void connect(XmppClient client) throws Exception {
    try {
      client.connect().get(30, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new IllegalStateException("no login within 30 s", e);
    }
    checks.that("the client that is on", true, client.self().isFull());
  }

  private XmppClientBuilder builder(String local, String password) {
    XmppClientBuilder builder =
        XmppClient.builder(Jid.of(local + "@example.org"), password)
            .setting("xep_0231", "json-file.directory", arguments.need("directory"));
    arguments.get("ca").ifPresent(file -> builder.trust(Path.of(file)));
    arguments
        .get("dns")
        .map(
            port -> new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(port)))
        .ifPresent(builder::nameServer);
    return builder;
  }

  private static Optional<String> type(BobPlugin bob, ContentId cid) {
    return bob.get(cid).join().map(Bob::type);
  }

  private static List<String> sorted(XmppClient client) {
    return List.copyOf(new TreeSet<>(client.plugins()));
  }

  private static List<String> stores() {
    return ServiceLoader.load(BobStoreProvider.class).stream()
        .map(provider -> provider.get().name())
        .sorted()
        .toList();
  }
}
