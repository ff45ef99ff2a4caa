package dev.bobbin.xmpp.core;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * A self-signed certificate with its key, made by keytool.
 *
 * @param certificate the certificate
 * @param context proves to be the host in it
 */
public record TestIdentity(X509Certificate certificate, SSLContext context) {
  /** For example.org, and valid. */
  public static final TestIdentity EXAMPLE = of("example.org", "-1d");

  /**
   * Makes one that is valid for 30 days.
   *
   * @param host the host that it is for
   * @param start from when on, such as {@code -1d}
   * @return the identity
   */
  public static TestIdentity of(String host, String start) {
    try {
      Path folder = Files.createTempDirectory("bobbin-test-");
      Path file = folder.resolve("keys.p12");
      try {
        return make(host, start, file);
      } finally {
        Files.deleteIfExists(file);
        Files.delete(folder);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static TestIdentity make(String host, String start, Path file)
      throws IOException, GeneralSecurityException, InterruptedException {
    String secret = "only for a test";
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "server",
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-dname",
                "CN=test",
                "-ext",
                "SAN=dns:" + host,
                "-startdate",
                start,
                "-validity",
                "30",
                "-storetype",
                "PKCS12",
                "-storepass",
                secret,
                "-keystore",
                file.toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(keytool.getInputStream().readAllBytes());
    if (!keytool.waitFor(60, TimeUnit.SECONDS) || keytool.exitValue() != 0) {
      throw new IllegalStateException("keytool said: " + said);
    }
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      keys.load(in, secret.toCharArray());
    }
    KeyManagerFactory proof =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    proof.init(keys, secret.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(proof.getKeyManagers(), null, null);
    return new TestIdentity((X509Certificate) keys.getCertificate("server"), context);
  }
}
