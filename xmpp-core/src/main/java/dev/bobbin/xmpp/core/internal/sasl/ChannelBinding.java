package dev.bobbin.xmpp.core.internal.sasl;

import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * What ties an authentication to the TLS connection that it runs on: nobody else has the same data
 * (<a href="https://www.rfc-editor.org/rfc/rfc5056">RFC 5056</a>).
 */
public final class ChannelBinding {
  private final String type;
  private final byte[] data;

  ChannelBinding(String type, byte[] data) {
    this.type = type;
    this.data = data.clone();
  }

  /**
   * The bindings that this side can make of a connection.
   *
   * @param session its TLS session
   * @return the better first: {@code tls-exporter} ties to the connection, {@code
   *     tls-server-end-point} to the server's certificate; empty when neither can be made
   */
  public static List<ChannelBinding> of(SSLSession session) {
    List<ChannelBinding> bindings = new ArrayList<>();
    add(bindings, "tls-exporter", TlsExporter.data(session));
    add(bindings, "tls-server-end-point", ServerEndPoint.data(session));
    return List.copyOf(bindings);
  }

  private static void add(List<ChannelBinding> bindings, String type, byte @Nullable [] data) {
    if (data != null) {
      bindings.add(new ChannelBinding(type, data));
    }
  }

  /**
   * The registered name of its type.
   *
   * @return such as {@code tls-exporter}
   */
  public String type() {
    return type;
  }

  byte[] data() {
    return data.clone();
  }

  @Override
  public String toString() {
    return type;
  }
}
