import dev.bobbin.xmpp.api.plugin.XmppPluginProvider;
import dev.bobbin.xmpp.disco.internal.DiscoPluginProvider;

/** Service discovery (XEP-0030): what this client can do, and what others can. */
module dev.bobbin.xmpp.disco {
  requires transitive dev.bobbin.xmpp.api;
  requires static transitive org.jspecify;

  exports dev.bobbin.xmpp.disco;

  provides XmppPluginProvider with
      DiscoPluginProvider;
}
