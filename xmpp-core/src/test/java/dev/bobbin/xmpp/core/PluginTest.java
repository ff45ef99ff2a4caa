package dev.bobbin.xmpp.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bobbin.xmpp.api.jid.Jid;
import dev.bobbin.xmpp.api.plugin.PluginContext;
import dev.bobbin.xmpp.api.plugin.PluginException;
import dev.bobbin.xmpp.api.plugin.RequestHandler;
import dev.bobbin.xmpp.api.plugin.ServiceLocation;
import dev.bobbin.xmpp.api.registry.ApiHandler;
import dev.bobbin.xmpp.api.registry.ApiMethod;
import dev.bobbin.xmpp.api.registry.ApiScope;
import dev.bobbin.xmpp.api.registry.ApiTarget;
import dev.bobbin.xmpp.api.registry.NoHandlerException;
import dev.bobbin.xmpp.core.found.FailingProvider;
import dev.bobbin.xmpp.core.found.FirstProvider;
import dev.bobbin.xmpp.core.found.LyingProvider;
import dev.bobbin.xmpp.core.found.SecondAgainProvider;
import dev.bobbin.xmpp.core.found.SecondProvider;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Finding plugins, turning them on and off, and what is left of them. */
@Timeout(60)
class PluginTest {
  private static final ApiMethod<String, String> METHOD = ApiMethod.of("a", "method");

  @TempDir private Path folder;
  private final List<String> log = new ArrayList<>();

  private XmppClientBuilder builder(Class<?>... providers) throws Exception {
    return builder(List.of(), providers);
  }

  private XmppClientBuilder builder(List<String> alsoListed, Class<?>... providers)
      throws Exception {
    return XmppClient.builder(Jid.of("juliet@example.org"), "r0m30")
        .services(ServiceLocation.of(new FoundPlugins(folder, alsoListed, providers)));
  }

  private TestPlugin plugin(String name, String... dependencies) {
    return new TestPlugin(log, name, dependencies);
  }

  private static void assertRefused(XmppClientBuilder builder, String message) {
    assertThatThrownBy(builder::build).isInstanceOf(PluginException.class).hasMessage(message);
  }

  @Test
  void build_plugins_areTurnedOnAfterWhatTheyNeedAndOffBefore() throws Exception {
    try (XmppClient client =
        builder()
            .plugin(plugin("a", "c", "b"))
            .plugin(plugin("b", "c"))
            .plugin(plugin("c"))
            .build()) {
      assertThat(log).containsExactly("+c", "+b", "+a");
      assertThat(client.plugins()).containsExactly("c", "b", "a");
    }
    assertThat(log).containsExactly("+c", "+b", "+a", "-a", "-b", "-c");
  }

  @Test
  void build_foundPlugins_areTurnedOnWithWhatTheyNeed() throws Exception {
    try (XmppClient client = builder(FirstProvider.class, SecondProvider.class).build()) {
      assertThat(client.plugins()).containsExactly("second", "first");
      assertThat(client.plugin(TestPlugin.class).name()).isEqualTo("second");
    }
  }

  @Test
  void build_withoutDiscovery_knowsThemByName() throws Exception {
    try (XmppClient client =
        builder(FirstProvider.class, SecondProvider.class).discoverPlugins(false).build()) {
      assertThat(client.plugins()).isEmpty();
      client.enablePlugin("first");
      client.enablePlugin("first");
      assertThat(client.plugins()).containsExactly("second", "first");
    }
  }

  @Test
  void build_instanceOfTheNameOfAFoundOne_takesItsPlace() throws Exception {
    TestPlugin own = plugin("second");
    try (XmppClient client =
        builder(FirstProvider.class, SecondProvider.class).plugin(own).build()) {
      assertThat(client.plugins()).containsExactly("second", "first");
      assertThat(client.plugin(TestPlugin.class)).isSameAs(own);
    }
  }

  @Test
  void plugin_twoInstancesOfOneName_isAnError() throws Exception {
    XmppClientBuilder builder = builder().plugin(plugin("a"));

    assertThatThrownBy(() -> builder.plugin(plugin("a")))
        .isInstanceOf(PluginException.class)
        .hasMessage(
            "Two plugins named 'a' were given; leave one out (docs/errors.md#duplicate-plugin)");
  }

  @Test
  void build_twoProvidersOfOneName_isAnError() throws Exception {
    assertRefused(
        builder(SecondProvider.class, SecondAgainProvider.class),
        "Two plugins are named 'second': dev.bobbin.xmpp.core.found.SecondProvider and"
            + " dev.bobbin.xmpp.core.found.SecondAgainProvider. Take one off the path"
            + " (docs/errors.md#duplicate-plugin)");
  }

  @Test
  void build_providerThatCannotBeLoaded_isAnErrorWithItsCause() throws Exception {
    assertRefused(
        builder(List.of("no.such.Provider"), SecondProvider.class),
        "A plugin on the path cannot be loaded: dev.bobbin.xmpp.api.plugin.XmppPluginProvider:"
            + " Provider no.such.Provider not found (docs/errors.md#broken-plugin)");
  }

  @Test
  void build_providerThatFailsOrLies_isAnError() throws Exception {
    assertRefused(
        builder(FailingProvider.class),
        "The plugin 'failing' cannot be made: java.lang.IllegalStateException: no room (docs/errors.md#broken-plugin)");
    assertRefused(
        builder(LyingProvider.class),
        "The plugin 'promised' calls itself 'delivered'; its provider has to say the same name (docs/errors.md#broken-plugin)");
  }

  @Test
  void build_dependencyThatIsMissing_isAnErrorThatListsWhatIsThere() throws Exception {
    assertRefused(
        builder(SecondProvider.class).plugin(plugin("a", "b")),
        "The plugin 'a' needs 'b', which was not found; found: second, a. Add its module to the"
            + " path (docs/errors.md#no-such-plugin)");
    assertThat(log).isEmpty();
  }

  @Test
  void build_circle_isAnErrorThatShowsIt() throws Exception {
    assertRefused(
        builder().plugin(plugin("a", "b")).plugin(plugin("b", "c")).plugin(plugin("c", "a")),
        "Plugins need each other in a circle: a -> b -> c -> a");
    assertRefused(
        builder().plugin(plugin("self", "self")),
        "Plugins need each other in a circle: self -> self");
    assertThat(log).isEmpty();
  }

  @Test
  void build_onePluginFails_turnsOffThoseThatAreOn() throws Exception {
    XmppClientBuilder builder =
        builder()
            .plugin(plugin("a"))
            .plugin(
                new TestPlugin(log, "b", "a") {
                  @Override
                  public void enable(PluginContext given) {
                    throw new IllegalStateException("no room");
                  }
                });

    assertRefused(builder, "The plugin 'b' cannot be turned on: no room");
    assertThat(log).containsExactly("+a", "-a");
  }

  @Test
  void enable_unknownName_isAnErrorThatListsWhatIsThere() throws Exception {
    try (XmppClient client = builder().build()) {
      assertThatThrownBy(() -> client.enablePlugin("x"))
          .isInstanceOf(PluginException.class)
          .hasMessage(
              "No plugin named 'x'; found: none. Add its module to the path"
                  + " (docs/errors.md#no-such-plugin)");
      assertThatThrownBy(() -> client.plugin(TestPlugin.class))
          .isInstanceOf(PluginException.class)
          .hasMessage(
              "No plugin of dev.bobbin.xmpp.core.TestPlugin is on; on are: none"
                  + " (docs/errors.md#no-such-plugin)");
    }
  }

  @Test
  void enable_instanceOfANameThatIsOn_isAnError() throws Exception {
    try (XmppClient client = builder().plugin(plugin("a")).build()) {
      assertThatThrownBy(() -> client.enablePlugin(plugin("a")))
          .isInstanceOf(PluginException.class)
          .hasMessage(
              "A plugin named 'a' is on already; turn it off first"
                  + " (docs/errors.md#duplicate-plugin)");
    }
  }

  @Test
  void enable_failing_takesAwayWhatItAdded() throws Exception {
    for (Throwable failure :
        new Throwable[] {new Exception(), new AssertionError(), new NoClassDefFoundError("x")}) {
      TestPlugin failing =
          new TestPlugin("a") {
            @Override
            public void enable(PluginContext given) throws Exception {
              given.onRequest("ping", "urn:xmpp:ping", request -> null);
              given.api().registerDefault(METHOD, ApiHandler.direct(call -> "default"));
              if (failure instanceof Exception e) {
                throw e;
              }
              throw (Error) failure;
            }
          };
      try (XmppClient client = builder().build()) {
        assertThatThrownBy(() -> client.enablePlugin(failing))
            .satisfies(
                e -> {
                  Throwable cause = e instanceof PluginException ? e.getCause() : e;
                  assertThat(cause).isSameAs(failure);
                });
        assertThat(client.plugins()).isEmpty();
        assertThat(client.api().explain(METHOD, ApiTarget.none())).isEmpty();
        client.onRequest("ping", "urn:xmpp:ping", request -> null);
        client.enablePlugin(plugin("a"));
      }
    }
  }

  @Test
  void disable_neededByAnother_isAnError() throws Exception {
    try (XmppClient client =
        builder().plugin(plugin("a", "c")).plugin(plugin("b", "c")).plugin(plugin("c")).build()) {
      assertThatThrownBy(() -> client.disablePlugin("c"))
          .isInstanceOf(PluginException.class)
          .hasMessage(
              "The plugin 'c' cannot be turned off while it is needed by: a, b. Turn those off"
                  + " first (docs/errors.md#plugin-needed)");
      client.disablePlugin("a");
      client.disablePlugin("b");
      client.disablePlugin("c");
      client.disablePlugin("c");
      assertThat(client.plugins()).isEmpty();
      client.enablePlugin("a");
      assertThat(client.plugins()).containsExactly("c", "a");
    }
  }

  @Test
  void disable_takesAwayHandlersListenersAndApi() throws Exception {
    BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    CountDownLatch answered = new CountDownLatch(1);
    CountDownLatch disabled = new CountDownLatch(1);
    String round =
        "<message><body>hear</body></message><presence/>"
            + "<iq type='get' id='1'><ping xmlns='urn:xmpp:ping'/></iq>";
    try (Conversation talk =
        Conversation.with(
            peer -> {
              peer.send(round);
              peer.expect("<iq type='result' id='1'/>");
              answered.countDown();
              disabled.await();
              peer.send(round);
              assertThat(peer.readUntil("</iq>")).contains("<service-unavailable ");
              peer.send("<presence/>");
              peer.closeInOrder();
            })) {
      TestPlugin plugin = plugin("a");
      XmppClient client = talk.client();
      client.enablePlugin(plugin);
      PluginContext context = plugin.context();
      context.onRequest(
          "ping", "urn:xmpp:ping", request -> CompletableFuture.completedFuture(request.result()));
      context.onMessage(message -> heard.add("plugin " + message.body().orElseThrow()));
      context.onPresence(presence -> heard.add("plugin presence"));
      context.api().registerDefault(METHOD, ApiHandler.direct(call -> "default"));
      // What the application registered on the plugin's methods goes with the plugin too.
      client.api().register(METHOD, ApiScope.node("n"), ApiHandler.direct(call -> "own"));
      client.onPresence(presence -> heard.add("application"));
      talk.connect();
      assertThat(answered.await(20, TimeUnit.SECONDS)).isTrue();
      for (String expected : new String[] {"plugin hear", "plugin presence", "application"}) {
        assertThat(heard.poll(20, TimeUnit.SECONDS)).isEqualTo(expected);
      }
      assertThat(client.api().call(METHOD, ApiTarget.none(), "x").join()).isEqualTo("default");

      client.disablePlugin("a");
      disabled.countDown();

      assertThat(client.api().call(METHOD, ApiTarget.none().withNode("n"), "x"))
          .failsWithin(Duration.ofSeconds(20))
          .withThrowableThat()
          .withCauseInstanceOf(NoHandlerException.class);
      // The second round's, and the one that is sent when that is over.
      assertThat(heard.poll(20, TimeUnit.SECONDS)).isEqualTo("application");
      assertThat(heard.poll(20, TimeUnit.SECONDS)).isEqualTo("application");
      client.close();
      talk.finish();
      assertThat(heard).isEmpty();
    }
  }

  @Test
  void disable_pluginThatFails_isOffAllTheSame() throws Exception {
    TestPlugin failing =
        new TestPlugin(log, "b", "a") {
          @Override
          public void disable() {
            throw new AssertionError("only pretended");
          }
        };
    try (XmppClient client = builder().plugin(plugin("a")).plugin(failing).build()) {
      assertThat(client.plugins()).containsExactly("a", "b");
    }
    assertThat(log).containsExactly("+a", "+b", "-a");
  }

  @Test
  void build_settingForAPluginThatIsNotThere_isAnErrorThatListsWhatIsThere() throws Exception {
    assertRefused(
        builder(SecondProvider.class).plugin(plugin("a")).setting("xep_0321", "store", "memory"),
        "Something was set for the plugin 'xep_0321', which was neither found nor given; known"
            + " are: second, a. Correct its name or add its module (docs/errors.md#bad-setting)");
    assertThat(log).isEmpty();
  }

  @Test
  void enable_clientWasClosed_isAnError() throws Exception {
    XmppClient client = builder(SecondProvider.class).discoverPlugins(false).build();
    client.close();

    assertThatThrownBy(() -> client.enablePlugin(plugin("a")))
        .isInstanceOf(PluginException.class)
        .hasMessage("The client was closed");
    assertThatThrownBy(() -> client.enablePlugin("second"))
        .isInstanceOf(PluginException.class)
        .hasMessage("The client was closed");
    assertThat(log).isEmpty();
    assertThat(client.plugins()).isEmpty();
  }

  @Test
  void onRequest_absentArguments_areRefusedByName() throws Exception {
    TestPlugin plugin = plugin("a");
    try (XmppClient client = builder().plugin(plugin).build()) {
      RequestHandler handler = request -> CompletableFuture.completedFuture(request.result());
      assertThatNullPointerException()
          .isThrownBy(() -> client.onRequest(null, "urn:x", handler))
          .withMessage("name");
      assertThatNullPointerException()
          .isThrownBy(() -> client.onRequest("x", null, handler))
          .withMessage("namespace");
      assertThatNullPointerException()
          .isThrownBy(() -> client.onRequest("x", "urn:x", null))
          .withMessage("handler");
      assertThatNullPointerException()
          .isThrownBy(() -> plugin.context().onRequest("x", "urn:x", null))
          .withMessage("handler");
    }
  }

  @Test
  void host_blank_isRefused() throws Exception {
    for (String blank : List.of("", " ")) {
      assertThatThrownBy(() -> builder().host(blank, 5222))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("a host is a name or an address, not blank");
    }
  }
}
