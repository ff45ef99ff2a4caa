package dev.bobbin.interop;

import dev.bobbin.testservers.ServerSoftware;
import dev.bobbin.xmpp.testkit.LoopbackServer;
import dev.bobbin.xmpp.testkit.LoopbackServerBuilder;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The servers on which each line of the standard is tried. */
enum Place {
  /** The one that tests and applications' tests have in their own process. */
  EMBEDDED,
  /** A real one. */
  PROSODY,
  /** Another real one. */
  EJABBERD;

  private static final ExtensionContext.Namespace NAMESPACE =
      ExtensionContext.Namespace.create(Place.class);

  /** Only to be called before a test: to skip earlier than that would be to fail, or silent. */
  private Site site(ExtensionContext context) {
    return switch (this) {
      case PROSODY -> Site.of(SharedServers.server(context, ServerSoftware.PROSODY));
      case EJABBERD -> Site.of(SharedServers.server(context, ServerSoftware.EJABBERD));
      case EMBEDDED ->
          Site.of(
              context
                  .getRoot()
                  .getStore(NAMESPACE)
                  .getOrComputeIfAbsent(this, place -> embedded(), LoopbackServer.class));
    };
  }

  private static LoopbackServer embedded() {
    LoopbackServerBuilder builder =
        LoopbackServer.builder("example.org")
            .mechanisms("SCRAM-SHA-256", "PLAIN")
            .intercept(new EmbeddedRoom());
    SharedServers.ACCOUNTS.forEach(builder::account);
    return builder.start();
  }

  /** Gives the test its server. */
  static final class Resolver implements BeforeEachCallback {
    @Override
    public void beforeEach(ExtensionContext context) {
      Lines lines = (Lines) context.getRequiredTestInstance();
      lines.meet(lines.place.site(context));
    }
  }
}
