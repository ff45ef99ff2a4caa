/** Bits of Binary (XEP-0231): the plugin, its internal-API methods, and the SPI of its stores. */
module dev.bobbin.xmpp.bob {
  requires transitive dev.bobbin.xmpp.api;
  requires static transitive org.jspecify;

  exports dev.bobbin.xmpp.bob;
  exports dev.bobbin.xmpp.bob.spi;
}
