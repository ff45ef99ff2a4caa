package dev.bobbin.xmpp.testkit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLSession;

/** A kind of data that names a TLS channel, by its unique prefix (RFC 5056). */
enum ChannelBindingType {
  /** RFC 9266: a secret that both ends derive from the handshake. */
  TLS_EXPORTER("tls-exporter"),
  /** RFC 5929 section 4: the hash of the server's certificate. */
  TLS_SERVER_END_POINT("tls-server-end-point");

  private final String prefix;

  ChannelBindingType(String prefix) {
    this.prefix = prefix;
  }

  /** Those of these names, in this order; names that are unknown or come twice are refused. */
  static List<ChannelBindingType> named(String... names) {
    List<ChannelBindingType> chosen = new ArrayList<>();
    for (String name : names) {
      ChannelBindingType type =
          Arrays.stream(values())
              .filter(known -> known.prefix.equals(name))
              .findFirst()
              .orElseThrow(
                  () ->
                      new IllegalArgumentException(
                          "No channel binding '"
                              + name
                              + "'; there are: "
                              + Arrays.stream(values()).map(ChannelBindingType::prefix).toList()));
      if (chosen.contains(type)) {
        throw new IllegalArgumentException("The channel binding '" + name + "' comes twice");
      }
      chosen.add(type);
    }
    return List.copyOf(chosen);
  }

  String prefix() {
    return prefix;
  }

  /** The server's data for a channel; empty where TLS or the JVM has none. */
  Optional<byte[]> data(SSLSession session) {
    return switch (this) {
      case TLS_EXPORTER -> TlsExporter.data(session);
      case TLS_SERVER_END_POINT -> CertificateHash.ofLocal(session);
    };
  }
}
