package dev.bobbin.examples;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.bobbin.xmpp.api.jid.Jid;
import dev.bobbin.xmpp.api.registry.ApiHandler;
import dev.bobbin.xmpp.api.registry.ApiRegistry;
import dev.bobbin.xmpp.api.registry.ApiScope;
import dev.bobbin.xmpp.api.registry.ApiTarget;
import dev.bobbin.xmpp.api.registry.Registration;
import dev.bobbin.xmpp.api.registry.Resolved;
import dev.bobbin.xmpp.api.stanza.StanzaError.Condition;
import dev.bobbin.xmpp.api.stanza.StanzaErrorException;
import dev.bobbin.xmpp.bob.Bob;
import dev.bobbin.xmpp.bob.BobData;
import dev.bobbin.xmpp.bob.BobKey;
import dev.bobbin.xmpp.bob.BobMethods;
import dev.bobbin.xmpp.bob.ContentId;
import dev.bobbin.xmpp.bob.HashAlgorithm;
import dev.bobbin.xmpp.bob.StoredBob;
import dev.bobbin.xmpp.bob.plugin.BobPlugin;
import dev.bobbin.xmpp.core.XmppClient;
import dev.bobbin.xmpp.core.XmppClientBuilder;
import dev.bobbin.xmpp.testkit.LoopbackServer;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * A bit of binary stored, overridden and fetched across a server, step by step. Each step checks
 * what it says; the exit code is 0 when all are as said, 1 when one is not, and 2 for bad options.
 */
public final class Walkthrough {
  private static final String COUCOU = "coucou";
  private static final String TEXT = "text/plain";

  private final PrintStream out;
  private final XmppClient client;
  private final XmppClient peer;
  private final Path directory;
  private int step;

  private Walkthrough(PrintStream out, XmppClient client, XmppClient peer, Path directory) {
    this.out = out;
    this.client = client;
    this.peer = peer;
    this.directory = directory;
  }

  /**
   * Runs the walk-through.
   *
   * @param args none for the embedded server; for a real one {@code --server host[:port] --jid JID
   *     --password P --peer-jid JID --peer-password P}, and {@code --ca file.pem} to trust a
   *     certificate; {@code --directory dir} keeps the JSON files
   */
  public static void main(String[] args) {
    System.exit(run(List.of(args), System.out, System.err));
  }

  /** Runs the walk-through and gives the exit code. */
  static int run(List<String> args, PrintStream out, PrintStream err) {
    WalkthroughOptions options;
    try {
      options = WalkthroughOptions.parse(args);
    } catch (RuntimeException e) {
      err.println(e.getMessage());
      return 2;
    }
    try {
      if (options.server().isPresent()) {
        onRealServer(options.server().get(), options.directory(), out);
      } else {
        onEmbeddedServer(options.directory(), out);
      }
      out.println("Every step was as said.");
      return 0;
    } catch (Exception e) {
      Throwable cause = e instanceof CompletionException && e.getCause() != null ? e.getCause() : e;
      err.println("The walk-through stops: " + cause);
      return 1;
    }
  }

  private static void onEmbeddedServer(Optional<Path> directory, PrintStream out) throws Exception {
    try (LoopbackServer server =
        LoopbackServer.builder("bobbin.example")
            .account("juliet", "r0m30")
            .account("romeo", "jul13t")
            .start()) {
      out.println("The embedded server (for demonstrations only) is at " + server.address());
      int port = server.address().getPort();
      walk(
          XmppClient.builder(Jid.of("juliet@bobbin.example/balcony"), "r0m30")
              .host("127.0.0.1", port)
              .trust(server.certificate()),
          XmppClient.builder(Jid.of("romeo@bobbin.example/orchard"), "jul13t")
              .host("127.0.0.1", port)
              .trust(server.certificate()),
          directory,
          out);
    }
  }

  private static void onRealServer(
      WalkthroughOptions.RealServer server, Optional<Path> directory, PrintStream out)
      throws Exception {
    out.println("The server is " + server);
    XmppClientBuilder client =
        XmppClient.builder(server.jid(), server.password()).host(server.host(), server.port());
    XmppClientBuilder peer =
        XmppClient.builder(server.peerJid(), server.peerPassword())
            .host(server.host(), server.port());
    server.ca().ifPresent(file -> client.trust(file));
    server.ca().ifPresent(file -> peer.trust(file));
    walk(client, peer, directory, out);
  }

  private static void walk(
      XmppClientBuilder clientBuilder,
      XmppClientBuilder peerBuilder,
      Optional<Path> given,
      PrintStream out)
      throws Exception {
    Path directory = given.isPresent() ? given.get() : Files.createTempDirectory("bobcache");
    try (XmppClient client = clientBuilder.build();
        XmppClient peer = peerBuilder.build()) {
      client.connect().join();
      peer.connect().join();
      new Walkthrough(out, client, peer, directory).walk();
    } finally {
      if (given.isEmpty()) {
        deleteAll(directory);
      }
    }
  }

  private void walk() throws Exception {
    say("Two clients are logged in: " + client.self() + " and " + peer.self());
    BobPlugin bob = client.plugin(BobPlugin.class);
    ApiRegistry api = client.api();

    check(client.plugins().contains(BobPlugin.NAME), "the plugin is not on");
    check(bob.storeName().equals("memory"), "the store is not the one in memory");
    say("The plugin xep_0231 is on, with the store that was found: " + bob.storeName());

    ContentId hello = bob.set("hello".getBytes(UTF_8), TEXT).join();
    say("Set 'hello', in memory, as " + hello);
    check(text(bob.get(hello).join()).equals("hello"), "get did not give 'hello' back");
    say("Got it back: " + text(bob.get(hello).join()));

    BobLoader loader = new BobLoader(directory);
    List<Registration> overrides = loader.register(api);
    say("set_bob, get_bob and del_bob are now served by JSON files in " + directory);

    // A directory may be used again: del_bob takes away what an earlier run left in it.
    Path file = loader.file(BobKey.hosted(Bob.of(COUCOU.getBytes(UTF_8), TEXT).cid()));
    bob.delete(Bob.of(COUCOU.getBytes(UTF_8), TEXT).cid()).join();
    check(!Files.exists(file), "del_bob left " + file);
    ContentId coucou = bob.set(COUCOU.getBytes(UTF_8), TEXT).join();
    check(Files.isRegularFile(file), "there is no file " + file);
    say("Set 'coucou': a new file appeared, " + file);
    out.println("     " + Files.readString(file));
    check(text(bob.get(coucou).join()).equals(COUCOU), "the bytes read back are not 'coucou'");
    say("Read the bytes back from it: " + text(bob.get(coucou).join()));

    Bob fetched = peer.plugin(BobPlugin.class).fetch(client.self(), coucou).join();
    check(text(Optional.of(fetched)).equals(COUCOU), "the peer got other bytes");
    say(peer.self() + " fetched " + coucou + " across the server: " + text(Optional.of(fetched)));
    check(fetched.cid().matches(fetched.data()), "the hash is wrong");
    say("The hash in the content-id is that of the bytes that came");

    overrideForOneJid(api, coucou);
    passOn(api, bob, coucou);

    overrides.forEach(Registration::close);
    List<Resolved> serving = api.explain(BobMethods.GET_BOB, ApiTarget.of(client.self()));
    check(serving.size() == 1 && serving.get(0).level() == 7, "an override is left");
    check(bob.get(coucou).join().isEmpty(), "'coucou' is still served");
    check(text(bob.get(hello).join()).equals("hello"), "'hello' is gone from memory");
    say("The overrides are closed, the default is back: 'hello' is there, 'coucou' is not");

    ContentId unknown = ContentId.of(HashAlgorithm.SHA_1, BobData.utf8("never set"));
    say("An unknown content-id is answered " + refusal(unknown));
  }

  /** A handler for one JID alone: another resource of the account, which serves something else. */
  @SuppressWarnings("try") // The registration is only there to be closed.
  private void overrideForOneJid(ApiRegistry api, ContentId coucou) {
    Jid attic = client.account().withResource("attic");
    Bob other = new Bob(coucou, TEXT, BobData.utf8("only for the attic"), null);
    try (Registration only =
        api.register(
            BobMethods.GET_BOB,
            ApiScope.jid(attic),
            ApiHandler.direct(
                call ->
                    Optional.of(new StoredBob(call.args(), other, Instant.EPOCH, null, null))))) {
      BobKey key = BobKey.hosted(coucou);
      String there =
          text(api.call(BobMethods.GET_BOB, ApiTarget.of(attic), key).join().map(StoredBob::bob));
      String here =
          text(
              api.call(BobMethods.GET_BOB, ApiTarget.of(client.self()), key)
                  .join()
                  .map(StoredBob::bob));
      check(there.equals("only for the attic"), "the handler for one JID does not serve it");
      check(here.equals(COUCOU), "the handler for one JID serves another");
      say(
          "get_bob is overridden for "
              + attic
              + " alone: '"
              + there
              + "' there, '"
              + here
              + "' here");
    }
  }

  /** A handler that counts, and leaves the answer to the one that it covers. */
  @SuppressWarnings("try") // The registration is only there to be closed.
  private void passOn(ApiRegistry api, BobPlugin bob, ContentId coucou) {
    AtomicInteger count = new AtomicInteger();
    try (Registration counting =
        api.register(
            BobMethods.GET_BOB,
            ApiScope.jid(client.account()),
            call -> {
              count.incrementAndGet();
              return call.proceed(call.args());
            })) {
      check(text(bob.get(coucou).join()).equals(COUCOU), "the covered handler did not answer");
      check(count.get() == 1, "the handler that passes on ran " + count.get() + " times");
      say("A handler that counts and passes on: called once, and the file's bytes came through");
    }
  }

  private String refusal(ContentId unknown) {
    try {
      peer.plugin(BobPlugin.class).fetch(client.self(), unknown).join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof StanzaErrorException refused) {
        check(refused.condition() == Condition.ITEM_NOT_FOUND, "the refusal is " + refused);
        return refused.condition().elementName();
      }
      throw e;
    }
    throw new IllegalStateException("something that was never set was fetched");
  }

  private static String text(Optional<Bob> bob) {
    return bob.map(found -> new String(found.data().toByteArray(), UTF_8)).orElse("(nothing)");
  }

  private void say(String what) {
    step++;
    out.println(String.format("%2d.  %s", step, what));
  }

  private static void check(boolean asSaid, String otherwise) {
    if (!asSaid) {
      throw new IllegalStateException(otherwise);
    }
  }

  private static void deleteAll(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(directory);
  }
}
