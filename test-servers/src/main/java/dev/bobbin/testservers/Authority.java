package dev.bobbin.testservers;

import dev.bobbin.testservers.CertificateProfile.Issuer;
import dev.bobbin.testservers.CertificateProfile.KeyType;
import dev.bobbin.testservers.CertificateProfile.Name;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Signs the certificates of one server, and of its clients. All are made by {@code openssl}, since
 * {@code keytool} neither writes private keys as PEM nor knows SRV-IDs; by its {@code ca}, since no
 * other command of openssl 3.0 makes a certificate that has expired.
 *
 * <p>Thread-safe.
 */
final class Authority {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);

  private final Path folder;
  private final ServerCertificate root;
  private final AtomicInteger issued = new AtomicInteger();

  private Authority(Path folder, ServerCertificate root) {
    this.folder = folder;
    this.root = root;
  }

  /** Makes an authority that keeps what it makes in a folder. */
  static Authority create(Path folder) throws IOException {
    CertificateProfile self =
        CertificateProfile.nameless().commonName("An authority for tests").issuer(Issuer.ITSELF);
    return new Authority(folder, make(self, true, null, folder.resolve("authority")));
  }

  /** The certificate that is to be trusted. */
  Path certificate() {
    return root.certificate();
  }

  /** Makes a certificate, with a key of its own. */
  ServerCertificate issue(CertificateProfile profile) throws IOException {
    Path place = folder.resolve("certificate-" + issued.incrementAndGet());
    return switch (profile.issuer()) {
      case ITSELF -> make(profile, false, null, place);
      case AUTHORITY -> make(profile, false, root, place);
      case UNSHOWN_INTERMEDIATE -> make(profile, false, intermediate(place), place);
      case INTERMEDIATE -> {
        ServerCertificate between = intermediate(place);
        ServerCertificate made = make(profile, false, between, place);
        String shown = Files.readString(made.certificate());
        Files.writeString(made.certificate(), shown + Files.readString(between.certificate()));
        yield made;
      }
    };
  }

  /** One for each certificate: ejabberd would show one that it knows from another's chain. */
  private ServerCertificate intermediate(Path place) throws IOException {
    CertificateProfile self =
        CertificateProfile.nameless().commonName("Signs for " + place.getFileName());
    return make(self, true, root, place.resolveSibling(place.getFileName() + "-issuer"));
  }

  /**
   * Makes a key and its certificate, in a folder of their own.
   *
   * @param authority whether it may sign others
   * @param issuer who signs it; its own key if null
   */
  private static ServerCertificate make(
      CertificateProfile profile, boolean authority, @Nullable ServerCertificate issuer, Path place)
      throws IOException {
    Files.createDirectory(place);
    Files.writeString(place.resolve("openssl.cnf"), config(profile, authority));
    Files.createFile(place.resolve("index.txt"));
    String key =
        profile.keyType() == KeyType.RSA ? "rsa:2048" : "ec -pkeyopt ec_paramgen_curve:P-256";
    openssl(
        place,
        "req -new -nodes -config openssl.cnf -keyout key.pem -out request.pem -newkey " + key,
        List.of());
    Instant now = Instant.now();
    openssl(
        place,
        "ca -batch -notext -config openssl.cnf -in request.pem -out certificate.pem"
            + (" -startdate " + TIME.format(profile.validity().first(now)))
            + (" -enddate " + TIME.format(profile.validity().last(now))),
        issuer == null
            ? List.of("-selfsign", "-keyfile", "key.pem")
            : List.of(
                "-cert", issuer.certificate().toString(), "-keyfile", issuer.key().toString()));
    return new ServerCertificate(place.resolve("certificate.pem"), place.resolve("key.pem"));
  }

  /** Runs it with words that have no spaces, and then with some that may. */
  private static void openssl(Path place, String words, List<String> more) throws IOException {
    List<String> command = new ArrayList<>(List.of("openssl"));
    command.addAll(List.of(words.split(" ")));
    command.addAll(more);
    ChildProcess.run(
        new ProcessBuilder(command).directory(place.toFile()),
        place.resolve("openssl.log"),
        PATIENCE);
  }

  private static String config(CertificateProfile profile, boolean authority) {
    StringBuilder names = new StringBuilder();
    for (Name name : profile.names()) {
      names.append(name.kind().line(names.length(), name.value())).append('\n');
    }
    return """
        [req]
        distinguished_name = subject
        prompt = no
        [subject]
        CN = %s
        [ca]
        default_ca = issuing
        [issuing]
        database = index.txt
        new_certs_dir = .
        rand_serial = yes
        default_md = sha256
        policy = anything
        x509_extensions = extensions
        [anything]
        commonName = supplied
        [extensions]
        basicConstraints = critical,CA:%s
        %s
        [names]
        %s
        """
        .formatted(
            profile.commonName(),
            authority ? "TRUE" : "FALSE",
            profile.names().isEmpty() ? "" : "subjectAltName = @names",
            names);
  }
}
