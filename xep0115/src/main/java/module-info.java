import dev.bobbin.xmpp.api.plugin.XmppPluginProvider;
import dev.bobbin.xmpp.caps.internal.CapsPluginProvider;

/** Entity capabilities (XEP-0115): what peers can do, told by their presence, and what we can. */
module dev.bobbin.xmpp.caps {
  requires transitive dev.bobbin.xmpp.api;
  requires dev.bobbin.xmpp.disco;
  requires static transitive org.jspecify;
  requires org.slf4j;

  exports dev.bobbin.xmpp.caps;

  provides XmppPluginProvider with
      CapsPluginProvider;
}
