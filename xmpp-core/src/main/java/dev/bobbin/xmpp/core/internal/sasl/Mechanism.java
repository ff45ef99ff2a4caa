package dev.bobbin.xmpp.core.internal.sasl;

import com.ongres.scram.common.ScramMechanism;
import dev.bobbin.xmpp.api.Alternatives;
import dev.bobbin.xmpp.api.Quoted;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * The SASL mechanisms that we speak, the strongest first: the order of these constants is the order
 * of choice. The hash counts more than channel binding, since a stolen table of weak hashes is the
 * likelier harm than a foreign certificate that is trusted.
 */
enum Mechanism {
  /** RFC 5802 with the hash of RFC 6234, bound to TLS. */
  SCRAM_SHA_512_PLUS(Proof.PASSWORD),
  /** The same, not bound. */
  SCRAM_SHA_512(Proof.PASSWORD),
  /** RFC 7677, bound to TLS. */
  SCRAM_SHA_256_PLUS(Proof.PASSWORD),
  /** RFC 7677. */
  SCRAM_SHA_256(Proof.PASSWORD),
  /** RFC 5802, bound to TLS. */
  SCRAM_SHA_1_PLUS(Proof.PASSWORD),
  /** RFC 5802. */
  SCRAM_SHA_1(Proof.PASSWORD),
  /** RFC 4616: the password itself, hence only for those who name it. */
  PLAIN(Proof.PASSWORD),
  /** RFC 4422 appendix A. */
  EXTERNAL(Proof.CERTIFICATE),
  /** RFC 4505. */
  ANONYMOUS(Proof.NOTHING);

  private static final String PLUS = "-PLUS";

  private final Proof proof;

  Mechanism(Proof proof) {
    this.proof = proof;
  }

  /** Finds a mechanism by its registered name; an unknown one is the caller's mistake. */
  static Mechanism named(String name) {
    return Arrays.stream(values())
        .filter(mechanism -> mechanism.saslName().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "No SASL mechanism named '"
                        + Quoted.of(name)
                        + "' is spoken here"
                        + Alternatives.to(name, "there are", names(EnumSet.allOf(Mechanism.class)))
                        + " (docs/errors.md#bad-mechanism)"));
  }

  /** What a client uses that names none. */
  static Set<Mechanism> usual(Proof proof) {
    EnumSet<Mechanism> usual = EnumSet.allOf(Mechanism.class);
    usual.removeIf(mechanism -> mechanism.proof != proof || mechanism == PLAIN);
    return usual;
  }

  static List<String> names(Collection<Mechanism> mechanisms) {
    return mechanisms.stream().map(Mechanism::saslName).toList();
  }

  /** Whether a name is that of a SCRAM mechanism with channel binding, ours or not. */
  static boolean isPlus(String name) {
    return name.startsWith("SCRAM-") && name.endsWith(PLUS);
  }

  /** The registered name, such as {@code SCRAM-SHA-256-PLUS}. */
  String saslName() {
    return name().replace('_', '-');
  }

  Proof proof() {
    return proof;
  }

  boolean bindsChannel() {
    return saslName().endsWith(PLUS);
  }

  /** The JDK's name of HMAC with its hash, such as {@code HmacSHA256}; only for SCRAM. */
  String hmac() {
    return "Hmac" + saslName().replace("SCRAM", "").replace(PLUS, "").replace("-", "");
  }

  /** The library's name for it; only for SCRAM. */
  ScramMechanism scram() {
    return ScramMechanism.valueOf(name());
  }
}
