package dev.bobbin.interop;

import dev.bobbin.testservers.RealServer;
import dev.bobbin.testservers.RealServerBuilder;
import dev.bobbin.testservers.ServerSoftware;
import dev.bobbin.testservers.VirtualHost;
import java.util.Map;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives out one server of each software, and one stranger on it, for all tests of a run: each is
 * started when it is first wanted, and closed when all tests have run. The servers offer all SASL
 * mechanisms that they have, ask for client certificates, and serve many domains.
 *
 * <p>Started before each test and not where a parameter is resolved: there, to skip would be to
 * fail.
 */
final class SharedServers implements BeforeEachCallback, ParameterResolver {
  /** Romeo is the stranger's: a login in his place would end his. */
  static final Map<String, String> ACCOUNTS =
      Map.of(
          "juliet",
          "r0m30",
          "romeo",
          "jul13t",
          "nurse",
          "angelica",
          "paris",
          "c0unt",
          "benvolio",
          "p3ace");

  private static final ExtensionContext.Namespace NAMESPACE =
      ExtensionContext.Namespace.create(SharedServers.class);

  /** What runs once for all tests. */
  private record Key(ServerSoftware software, Class<?> what) {}

  @Override
  public void beforeEach(ExtensionContext context) {
    ServerSoftware software = software(context);
    RealServer server = server(context, software);
    if (context.getRequiredTestInstance() instanceof WithSlixmpp) {
      store(context)
          .getOrComputeIfAbsent(
              new Key(software, SlixmppPeer.class), key -> SlixmppPeer.start(server));
    }
  }

  /**
   * The server of all tests; the first to want it starts it, and is skipped where that cannot be.
   */
  static RealServer server(ExtensionContext context, ServerSoftware software) {
    return store(context)
        .getOrComputeIfAbsent(
            new Key(software, RealServer.class), key -> start(software), RealServer.class);
  }

  private static RealServer start(ServerSoftware software) {
    software.require();
    RealServerBuilder<?> builder =
        software
            .builder("example.org")
            .accounts(ACCOUNTS)
            .accounts(PasswordTests.ACCOUNTS)
            .plainPasswords()
            .clientCertificates()
            .rooms()
            .captcha(CaptchaTests.PNG)
            .host(VirtualHost.of("anon.example.org").login(VirtualHost.Login.ANONYMOUS));
    CertificateTests.DOMAINS.forEach(builder::host);
    return builder.start();
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return find(parameter, context) != null;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return find(parameter, context);
  }

  private static Object find(ParameterContext parameter, ExtensionContext context) {
    return store(context).get(new Key(software(context), parameter.getParameter().getType()));
  }

  private static ServerSoftware software(ExtensionContext context) {
    return ((OnARealServer) context.getRequiredTestInstance()).software;
  }

  private static ExtensionContext.Store store(ExtensionContext context) {
    return context.getRoot().getStore(NAMESPACE);
  }
}
