/** Last Activity (XEP-0012), a plugin that is not part of Bobbin. */
module org.example.lastactivity {
  requires transitive dev.bobbin.xmpp.api;
  requires dev.bobbin.xmpp.disco;
  requires static org.jspecify;

  exports org.example.lastactivity;

  provides dev.bobbin.xmpp.api.plugin.XmppPluginProvider with
      org.example.lastactivity.LastActivityPluginProvider;
}
