package dev.bobbin.xmpp.core;

import dev.bobbin.xmpp.api.stanza.Stanza;
import dev.bobbin.xmpp.api.xml.XmlElement;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/** A client that is logged in to a scripted server. */
final class Conversation implements AutoCloseable {
  static final XmlElement PING = XmlElement.of("ping", "urn:xmpp:ping");

  private final ScriptedServer server;
  private final XmppClient client;

  private Conversation(ScriptedServer server, XmppClient client) {
    this.server = server;
    this.client = client;
  }

  static Conversation with(ScriptedServer.Script afterLogin) throws Exception {
    return with(afterLogin, builder -> builder);
  }

  static Conversation with(
      ScriptedServer.Script afterLogin, UnaryOperator<XmppClientBuilder> settings)
      throws Exception {
    ScriptedServer server =
        new ScriptedServer(
            peer -> {
              peer.login();
              afterLogin.run(peer);
            });
    XmppClient client = settings.apply(server.client()).build();
    return new Conversation(server, client);
  }

  XmppClient client() {
    return client;
  }

  Conversation connect() throws Exception {
    client.connect().get(20, TimeUnit.SECONDS);
    return this;
  }

  void finish() throws Exception {
    server.finish();
  }

  static String xml(Stanza stanza) {
    return stanza.element().toXml(Stanza.NAMESPACE);
  }

  @Override
  public void close() throws IOException {
    client.close();
    server.close();
  }
}
