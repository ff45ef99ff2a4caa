package dev.bobbin.xmpp.testkit;

import java.security.cert.X509Certificate;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.net.ssl.SSLSession;

/**
 * What one connection is offered for authentication: of the settings, what its TLS channel allows.
 * A mechanism that binds to the channel is offered only where there is data to bind to, EXTERNAL
 * only to a client that has shown a certificate.
 */
final class SaslOffer {
  private static final String BINDINGS = "urn:xmpp:sasl-cb:0";

  private final Optional<X509Certificate> clientCertificate;
  private final List<SaslMechanism> mechanisms;
  private final Map<ChannelBindingType, byte[]> bindings = new EnumMap<>(ChannelBindingType.class);
  private final List<String> listed;

  SaslOffer(SaslSettings settings, SSLSession channel) {
    for (ChannelBindingType type : settings.bindings()) {
      type.data(channel).ifPresent(data -> bindings.put(type, data));
    }
    clientCertificate = TlsServer.clientCertificate(channel);
    mechanisms = settings.mechanisms().stream().filter(this::allows).toList();
    List<String> chosen = settings.listed();
    List<String> taken =
        settings.bindings().stream()
            .filter(bindings::containsKey)
            .map(ChannelBindingType::prefix)
            .toList();
    listed = chosen != null ? chosen : bindsChannel() ? taken : List.of();
  }

  private boolean allows(SaslMechanism mechanism) {
    if (mechanism == SaslMechanism.EXTERNAL) {
      return clientCertificate.isPresent();
    }
    return !mechanism.bindsChannel() || !bindings.isEmpty();
  }

  /** The certificate that the client has shown in the handshake. */
  Optional<X509Certificate> clientCertificate() {
    return clientCertificate;
  }

  /** The mechanism of this name, if it is offered. */
  Optional<SaslMechanism> mechanism(String name) {
    return mechanisms.stream().filter(offered -> offered.saslName().equals(name)).findFirst();
  }

  /** Whether any mechanism is offered that binds to the channel. */
  boolean bindsChannel() {
    return mechanisms.stream().anyMatch(SaslMechanism::bindsChannel);
  }

  /** The server's data for a channel binding, if it is one that is taken. */
  Optional<byte[]> binding(String type) {
    return bindings.entrySet().stream()
        .filter(taken -> taken.getKey().prefix().equals(type))
        .map(Map.Entry::getValue)
        .findFirst();
  }

  /**
   * The stream features. Without mechanisms there are none, since an empty list is no valid one;
   * the list of channel bindings is that of <a
   * href="https://xmpp.org/extensions/xep-0440.html">XEP-0440</a>.
   */
  String features() {
    return list(
            listed,
            "<sasl-channel-binding xmlns='" + BINDINGS + "'>",
            "<channel-binding type='%s'/>",
            "</sasl-channel-binding>")
        + list(
            mechanisms.stream().map(SaslMechanism::saslName).toList(),
            "<mechanisms xmlns='" + SaslNegotiation.NAMESPACE + "'>",
            "<mechanism>%s</mechanism>",
            "</mechanisms>");
  }

  private static String list(List<String> names, String open, String entry, String close) {
    return names.isEmpty()
        ? ""
        : names.stream().map(entry::formatted).collect(Collectors.joining("", open, close));
  }
}
