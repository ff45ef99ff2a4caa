package dev.bobbin.testservers;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * One server of each software for all tests of a run that leave it as it is: to start one takes
 * seconds. It is started when it is first wanted, and closed when all tests have run.
 */
final class SharedServers implements AutoCloseable {
  private final Map<ServerSoftware, RealServer> started = new ConcurrentHashMap<>();

  /** Skips the test where the software is not installed. */
  RealServer of(ServerSoftware software) {
    software.require();
    return started.computeIfAbsent(software, SharedServers::start);
  }

  private static RealServer start(ServerSoftware software) {
    RealServerBuilder<?> builder =
        software
            .builder("example.org")
            .accounts(ServerOfferTest.ACCOUNTS)
            .plainPasswords()
            .clientCertificates()
            .host(VirtualHost.of("anon.example.org").login(VirtualHost.Login.ANONYMOUS));
    ShownCertificateTest.DOMAINS.forEach(builder::host);
    return builder.start();
  }

  @Override
  public void close() {
    started.values().forEach(RealServer::close);
  }

  /** Gives them to whoever has a parameter of their type. */
  static final class Resolver implements ParameterResolver {
    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
      return parameter.getParameter().getType() == SharedServers.class;
    }

    @Override
    public SharedServers resolveParameter(ParameterContext parameter, ExtensionContext context) {
      return context
          .getRoot()
          .getStore(ExtensionContext.Namespace.create(SharedServers.class))
          .getOrComputeIfAbsent(
              SharedServers.class, type -> new SharedServers(), SharedServers.class);
    }
  }
}
