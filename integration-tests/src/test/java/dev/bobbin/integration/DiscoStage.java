package dev.bobbin.integration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bobbin.xmpp.api.plugin.XmppPlugin;
import dev.bobbin.xmpp.api.registry.ApiCall;
import dev.bobbin.xmpp.api.registry.ApiHandler;
import dev.bobbin.xmpp.api.registry.ApiRegistry;
import dev.bobbin.xmpp.api.stanza.Iq;
import dev.bobbin.xmpp.core.XmppClient;
import dev.bobbin.xmpp.core.XmppClientBuilder;
import dev.bobbin.xmpp.disco.DiscoInfo;
import dev.bobbin.xmpp.disco.DiscoItem;
import dev.bobbin.xmpp.disco.DiscoPlugin;
import dev.bobbin.xmpp.disco.DiscoQuery;
import dev.bobbin.xmpp.disco.Identity;
import dev.bobbin.xmpp.testkit.LiteralXml;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;

/**
 * Juliet asks and Romeo answers, both with service discovery and nothing else. They stay connected
 * for all tests of a class; after each the plugin is turned off and on, which takes back whatever
 * the test added or registered.
 */
abstract class DiscoStage extends Stage {
  static final String INFO = "http://jabber.org/protocol/disco#info";
  static final String ITEMS = "http://jabber.org/protocol/disco#items";

  /** What Romeo says of himself while nothing was added: the features, and with his identity. */
  static final String FEATURES_XML =
      "<feature var='http://jabber.org/protocol/disco#info'/>"
          + "<feature var='http://jabber.org/protocol/disco#items'/>";

  static final String BASICS_XML = "<identity category='client' type='bot'/>" + FEATURES_XML;

  XmppClient juliet;
  XmppClient romeo;

  @BeforeAll
  void connectBoth() {
    juliet = onlyDisco(builder(JULIET));
    romeo = onlyDisco(builder(ROMEO));
  }

  private static XmppClient onlyDisco(XmppClientBuilder builder) {
    XmppPlugin disco = new DiscoPlugin();
    XmppClient client = builder.discoverPlugins(false).plugin(disco).build();
    client.connect().join();
    return client;
  }

  @AfterEach
  void takeAllBack() {
    for (XmppClient client : List.of(juliet, romeo)) {
      DiscoPlugin disco = disco(client);
      client.disablePlugin(DiscoPlugin.NAME);
      client.enablePlugin(disco);
    }
  }

  @AfterAll
  void closeBoth() {
    juliet.close();
    romeo.close();
  }

  static DiscoPlugin disco(XmppClient client) {
    return client.plugin(DiscoPlugin.class);
  }

  ApiRegistry api() {
    return romeo.api();
  }

  static String info(String content) {
    return "<query xmlns='" + INFO + "'>" + content + "</query>";
  }

  static String info(String node, String content) {
    return "<query xmlns='" + INFO + "' node='" + node + "'>" + content + "</query>";
  }

  static String items(String content) {
    return "<query xmlns='" + ITEMS + "'>" + content + "</query>";
  }

  static String items(String node, String content) {
    return "<query xmlns='" + ITEMS + "' node='" + node + "'>" + content + "</query>";
  }

  static DiscoInfo identity(String type, String name) {
    return new DiscoInfo(List.of(new Identity("client", type, name)), Set.of());
  }

  /** A handler that makes what it answers from the call. */
  static <T> ApiHandler<DiscoQuery, Optional<T>> answering(
      Function<ApiCall<DiscoQuery, Optional<T>>, T> answer) {
    return ApiHandler.direct(call -> Optional.of(answer.apply(call)));
  }

  static ApiHandler<DiscoQuery, Optional<DiscoInfo>> dynamicInfo(String name) {
    return answering(call -> identity("console", name));
  }

  static ApiHandler<DiscoQuery, Optional<List<DiscoItem>>> dynamicItems(String name) {
    return answering(call -> List.of(new DiscoItem(ROMEO, "foo", name)));
  }

  /** That Romeo, asked this, says that. */
  void assertAnswer(String question, String answer) {
    assertThat(answerTo(question))
        .isEqualTo(
            LiteralXml.text(
                "<iq xmlns='jabber:client' type='result' id='ID' to='juliet@example.org/balcony'"
                    + " from='romeo@example.org/orchard'>"
                    + answer
                    + "</iq>"));
  }

  /** That Romeo, asked this, refuses, with a cancelling condition. */
  void assertRefused(String question, String condition) {
    assertThat(answerTo(question))
        .isEqualTo(
            LiteralXml.text(
                "<iq xmlns='jabber:client' type='error' id='ID' to='juliet@example.org/balcony'"
                    + " from='romeo@example.org/orchard'><error type='cancel'><"
                    + condition
                    + " xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></iq>"));
  }

  private String answerTo(String question) {
    wire.reset();
    juliet
        .request(Iq.get(ROMEO, LiteralXml.element(question)))
        .handle((result, refusal) -> result)
        .join();
    List<String> answers = wire.iqs("result");
    return LiteralXml.text((answers.isEmpty() ? wire.iqs("error") : answers).get(0));
  }
}
