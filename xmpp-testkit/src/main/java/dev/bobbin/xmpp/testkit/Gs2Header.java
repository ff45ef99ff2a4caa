package dev.bobbin.xmpp.testkit;

/**
 * What begins a client's first message in SCRAM (RFC 5802 section 7): {@code n,,} or {@code
 * p=tls-exporter,a=juliet@example.org,}.
 *
 * @param text the header as it came, through its second comma
 * @param flag {@code n}: the client does not bind; {@code y}: it would, and believes that the
 *     server does not; {@code p}: it binds
 * @param binding the channel binding, empty for none
 * @param authzid who the client wants to act as, empty for itself
 */
record Gs2Header(String text, char flag, String binding, String authzid) {
  static Gs2Header of(String clientFirst) throws SaslFailure {
    int flagEnd = clientFirst.indexOf(',');
    int end = clientFirst.indexOf(',', flagEnd + 1) + 1;
    SaslFailure.unless(flagEnd > 0 && end > 0, SaslFailure.MALFORMED_REQUEST);
    String flag = clientFirst.substring(0, flagEnd);
    SaslFailure.unless(flag.matches("[ny]|p=[A-Za-z0-9.-]+"), SaslFailure.MALFORMED_REQUEST);
    String wanted = clientFirst.substring(flagEnd + 1, end - 1);
    SaslFailure.unless(wanted.isEmpty() || wanted.startsWith("a="), SaslFailure.MALFORMED_REQUEST);
    return new Gs2Header(
        clientFirst.substring(0, end),
        flag.charAt(0),
        flag.substring(Math.min(2, flag.length())),
        wanted.isEmpty() ? "" : unescaped(wanted.substring(2)));
  }

  /** Names hold {@code =2C} for a comma and {@code =3D} for an equals sign, and no other escape. */
  static String unescaped(String name) throws SaslFailure {
    String rest = name.replace("=2C", "").replace("=3D", "");
    SaslFailure.unless(rest.indexOf('=') < 0, SaslFailure.MALFORMED_REQUEST);
    return name.replace("=2C", ",").replace("=3D", "=");
  }
}
