import dev.bobbin.xmpp.api.plugin.XmppPluginProvider;
import dev.bobbin.xmpp.bob.internal.BobPluginProvider;
import dev.bobbin.xmpp.bob.spi.BobStoreProvider;

/** Bits of Binary (XEP-0231): the plugin, its internal-API methods, and the SPI of its stores. */
module dev.bobbin.xmpp.bob {
  requires transitive dev.bobbin.xmpp.api;
  requires dev.bobbin.xmpp.disco;
  requires static transitive org.jspecify;
  requires org.slf4j;

  exports dev.bobbin.xmpp.bob;
  exports dev.bobbin.xmpp.bob.copy;
  exports dev.bobbin.xmpp.bob.plugin;
  exports dev.bobbin.xmpp.bob.spi;

  uses BobStoreProvider;

  provides XmppPluginProvider with
      BobPluginProvider;
}
