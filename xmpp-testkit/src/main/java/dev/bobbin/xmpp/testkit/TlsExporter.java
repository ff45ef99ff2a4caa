package dev.bobbin.xmpp.testkit;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Optional;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * The exporter of TLS, {@code tls-exporter} of <a href="https://www.rfc-editor.org/rfc/rfc9266">RFC
 * 9266</a>, where the JVM has it: {@code ExtendedSSLSession.exportKeyingMaterialData} came with
 * Java 25, and this is compiled for 17.
 */
final class TlsExporter {
  private static final String LABEL = "EXPORTER-Channel-Binding";
  private static final int BYTES = 32;
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

  /** Whether this JVM has it at all. */
  static boolean isAvailable() {
    return EXPORT != null;
  }

  /** Empty below TLS 1.3, where it is unique only under conditions that nobody can check here. */
  static Optional<byte[]> data(SSLSession session) {
    MethodHandle export = EXPORT;
    if (export == null
        || !session.getProtocol().equals("TLSv1.3")
        || !(session instanceof ExtendedSSLSession extended)) {
      return Optional.empty();
    }
    try {
      return Optional.of((byte[]) export.invokeExact(extended, LABEL, new byte[0], BYTES));
    } catch (SSLException | UnsupportedOperationException e) {
      return Optional.empty();
    } catch (Throwable e) {
      throw new IllegalStateException("The TLS exporter failed", e);
    }
  }
}
