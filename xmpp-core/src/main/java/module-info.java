/** The running client: connection, stream, authentication, routing, and the loading of plugins. */
module dev.bobbin.xmpp.core {
  requires transitive dev.bobbin.xmpp.api;
  requires static org.jspecify;
  requires org.slf4j;
  requires com.ongres.scram.common;
  requires java.naming;
  requires jdk.naming.dns;

  exports dev.bobbin.xmpp.core;

  uses dev.bobbin.xmpp.api.plugin.XmppPluginProvider;
}
