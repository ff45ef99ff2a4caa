package dev.bobbin.interop;

import dev.bobbin.testservers.RealServer;
import dev.bobbin.testservers.ServerSoftware;
import java.util.Map;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives out one server of each software, and one stranger on it, for all tests of a run: each is
 * started when it is first wanted, and closed when all tests have run. The servers offer all SASL
 * mechanisms that they have.
 */
final class SharedServers implements ParameterResolver {
  static final Map<String, String> ACCOUNTS =
      Map.of("juliet", "r0m30", "romeo", "jul13t", "nurse", "angelica");

  private static final ExtensionContext.Namespace NAMESPACE =
      ExtensionContext.Namespace.create(SharedServers.class);

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    Class<?> type = parameter.getParameter().getType();
    return context.getTestInstance().filter(OnEachServer.class::isInstance).isPresent()
        && (type == RealServer.class || type == SlixmppPeer.class);
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    ServerSoftware software = ((OnEachServer) context.getRequiredTestInstance()).software;
    ExtensionContext.Store store = context.getRoot().getStore(NAMESPACE);
    RealServer server = server(software, store);
    return parameter.getParameter().getType() == RealServer.class
        ? server
        : store.getOrComputeIfAbsent(
            "slixmpp on " + software, key -> SlixmppPeer.start(server), SlixmppPeer.class);
  }

  private static RealServer server(ServerSoftware software, ExtensionContext.Store store) {
    return store.getOrComputeIfAbsent(
        software,
        key -> {
          software.require();
          return software.builder("example.org").accounts(ACCOUNTS).plainPasswords().start();
        },
        RealServer.class);
  }
}
