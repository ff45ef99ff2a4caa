/** Runnable examples: the walk-through of the internal API, and what README shows. */
module dev.bobbin.examples {
  requires dev.bobbin.store.memory;
  requires dev.bobbin.xmpp.bob;
  requires dev.bobbin.xmpp.core;
  requires dev.bobbin.xmpp.disco;
  requires dev.bobbin.xmpp.testkit;
  requires static org.jspecify;
  requires tools.jackson.core;
}
