package dev.bobbin.testservers;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * A key and its self-signed certificate for one domain, as PEM files. Made by {@code openssl},
 * since {@code keytool} does not write private keys as PEM.
 */
record ServerCertificate(Path certificate, Path key) {
  static ServerCertificate create(String domain, ServerFolder folder) throws IOException {
    Path certificate = folder.path().resolve("certificate.pem");
    Path key = folder.path().resolve("key.pem");
    List<String> command =
        List.of(
            "openssl",
            "req",
            "-x509",
            "-newkey",
            "ec",
            "-pkeyopt",
            "ec_paramgen_curve:P-256",
            "-nodes",
            "-days",
            "7",
            "-subj",
            "/CN=A server for tests",
            "-addext",
            "subjectAltName=DNS:" + domain,
            "-keyout",
            key.toString(),
            "-out",
            certificate.toString());
    ChildProcess.run(command, folder.path().resolve("openssl.log"), Duration.ofSeconds(30));
    return new ServerCertificate(certificate, key);
  }
}
