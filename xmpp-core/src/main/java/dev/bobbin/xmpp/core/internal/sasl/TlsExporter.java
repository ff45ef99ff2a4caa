package dev.bobbin.xmpp.core.internal.sasl;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * {@code tls-exporter} (<a href="https://www.rfc-editor.org/rfc/rfc9266">RFC 9266</a>). The JDK
 * gives keying material out since 25; before, and on a session of another provider that does not,
 * there is none. Only of TLS 1.3: for TLS 1.2 it is safe with the extended master secret alone (RFC
 * 7627), and no session tells whether it was used.
 */
final class TlsExporter {
  private static final int BYTES = 32;

  /** Null before Java 25. By handle, since the classes are compiled for Java 17. */
  private static final @Nullable MethodHandle EXPORT = find();

  private TlsExporter() {}

  private static @Nullable MethodHandle find() {
    try {
      return MethodHandles.publicLookup()
          .findVirtual(
              ExtendedSSLSession.class,
              "exportKeyingMaterialData",
              MethodType.methodType(byte[].class, String.class, byte[].class, int.class));
    } catch (NoSuchMethodException | IllegalAccessException e) {
      return null;
    }
  }

  static byte @Nullable [] data(SSLSession session) {
    if (EXPORT == null
        || !session.getProtocol().equals("TLSv1.3")
        || !(session instanceof ExtendedSSLSession extended)) {
      return null;
    }
    try {
      return (byte[]) EXPORT.invokeExact(extended, "EXPORTER-Channel-Binding", new byte[0], BYTES);
    } catch (Error e) {
      throw e;
    } catch (Throwable e) {
      // Declared for sessions that cannot: they then have no such binding.
      return null;
    }
  }
}
