package dev.bobbin.xmpp.testkit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What a {@link LoopbackServer} can offer for authentication. */
enum SaslMechanism {
  SCRAM_SHA_512_PLUS("SCRAM-SHA-512-PLUS"),
  SCRAM_SHA_256_PLUS("SCRAM-SHA-256-PLUS"),
  SCRAM_SHA_1_PLUS("SCRAM-SHA-1-PLUS"),
  SCRAM_SHA_512("SCRAM-SHA-512"),
  SCRAM_SHA_256("SCRAM-SHA-256"),
  SCRAM_SHA_1("SCRAM-SHA-1"),
  PLAIN("PLAIN"),
  ANONYMOUS("ANONYMOUS"),
  EXTERNAL("EXTERNAL");

  static final List<SaslMechanism> DEFAULT = List.of(SCRAM_SHA_512, SCRAM_SHA_256, SCRAM_SHA_1);

  private final String saslName;

  SaslMechanism(String saslName) {
    this.saslName = saslName;
  }

  /** Those of these names, in this order; names that are unknown or come twice are refused. */
  static List<SaslMechanism> named(String... names) {
    List<SaslMechanism> chosen = new ArrayList<>();
    for (String name : names) {
      SaslMechanism mechanism =
          Arrays.stream(values())
              .filter(known -> known.saslName.equals(name))
              .findFirst()
              .orElseThrow(
                  () ->
                      new IllegalArgumentException(
                          "No mechanism '"
                              + name
                              + "'; there are: "
                              + Arrays.stream(values()).map(SaslMechanism::saslName).toList()));
      if (chosen.contains(mechanism)) {
        throw new IllegalArgumentException("The mechanism '" + name + "' comes twice");
      }
      chosen.add(mechanism);
    }
    return List.copyOf(chosen);
  }

  String saslName() {
    return saslName;
  }

  /** Whether it binds to the TLS channel. */
  boolean bindsChannel() {
    return saslName.endsWith("-PLUS");
  }

  /** Begins an authentication on a connection that was made this offer. */
  SaslExchange begin(Accounts accounts, SaslOffer offer) {
    return switch (this) {
      case SCRAM_SHA_512_PLUS, SCRAM_SHA_512 -> scram(ScramHash.SHA_512, accounts, offer);
      case SCRAM_SHA_256_PLUS, SCRAM_SHA_256 -> scram(ScramHash.SHA_256, accounts, offer);
      case SCRAM_SHA_1_PLUS, SCRAM_SHA_1 -> scram(ScramHash.SHA_1, accounts, offer);
      case PLAIN -> new PlainExchange(accounts);
      case ANONYMOUS -> new AnonymousExchange(accounts);
      case EXTERNAL -> new ExternalExchange(accounts, offer);
    };
  }

  private SaslExchange scram(ScramHash hash, Accounts accounts, SaslOffer offer) {
    return new ScramExchange(hash, bindsChannel(), accounts, offer);
  }
}
