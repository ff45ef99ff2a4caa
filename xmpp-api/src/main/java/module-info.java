/** Contracts and values: JIDs, XML elements, stanzas, the internal API and the plugin SPI. */
module dev.bobbin.xmpp.api {
  requires static transitive org.jspecify;

  exports dev.bobbin.xmpp.api;
  exports dev.bobbin.xmpp.api.jid;
  exports dev.bobbin.xmpp.api.plugin;
  exports dev.bobbin.xmpp.api.registry;
  exports dev.bobbin.xmpp.api.stanza;
  exports dev.bobbin.xmpp.api.xml;
}
