package dev.bobbin.xmpp.core;

import dev.bobbin.xmpp.api.stanza.Stanza;
import dev.bobbin.xmpp.api.xml.XmlElement;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/** A client that is logged in to a scripted server. */
final class Conversation implements AutoCloseable {
  static final XmlElement PING = XmlElement.of("ping", "urn:xmpp:ping");

  /** How the server has the client log in: step by step, or pipelined. */
  enum Login {
    IN_STEPS(Peer::login),
    PIPELINED(Peer::loginPipelined);

    private final ScriptedServer.Script script;

    Login(ScriptedServer.Script script) {
      this.script = script;
    }
  }

  private final ScriptedServer server;
  private final XmppClient client;

  private Conversation(ScriptedServer server, XmppClient client) {
    this.server = server;
    this.client = client;
  }

  static Conversation with(ScriptedServer.Script afterLogin) throws Exception {
    return with(afterLogin, builder -> builder);
  }

  static Conversation with(Login login, ScriptedServer.Script afterLogin) throws Exception {
    return with(login, afterLogin, builder -> builder);
  }

  static Conversation with(
      ScriptedServer.Script afterLogin, UnaryOperator<XmppClientBuilder> settings)
      throws Exception {
    return with(Login.IN_STEPS, afterLogin, settings);
  }

  private static Conversation with(
      Login login, ScriptedServer.Script afterLogin, UnaryOperator<XmppClientBuilder> settings)
      throws Exception {
    ScriptedServer server =
        new ScriptedServer(
            peer -> {
              login.script.run(peer);
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
