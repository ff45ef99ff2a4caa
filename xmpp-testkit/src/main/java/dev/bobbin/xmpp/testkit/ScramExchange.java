package dev.bobbin.xmpp.testkit;

import dev.bobbin.xmpp.api.jid.Jid;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;

/**
 * The server's side of one SCRAM authentication (<a
 * href="https://www.rfc-editor.org/rfc/rfc5802">RFC 5802</a>) without channel binding. {@link
 * #challenge} answers the client's first message, {@link #success} its last. For use by one thread.
 */
final class ScramExchange {
  private static final String NOT_AUTHORIZED = "not-authorized";
  private static final String MALFORMED = "malformed-request";

  private final ScramMechanism mechanism;
  private final Accounts accounts;
  private String gs2Header = "";
  private String clientFirstBare = "";
  private String serverFirst = "";
  private String nonce = "";
  private String username = "";
  private String authzid = "";

  ScramExchange(ScramMechanism mechanism, Accounts accounts) {
    this.mechanism = mechanism;
    this.accounts = accounts;
  }

  /** Takes {@code n,,n=user,r=nonce} and gives {@code r=nonce,s=salt,i=iterations}. */
  String challenge(String clientFirst) throws SaslFailure {
    int flagEnd = clientFirst.indexOf(',');
    int headerEnd = clientFirst.indexOf(',', flagEnd + 1) + 1;
    // The flag 'p' would bind to the TLS channel, which only a mechanism named -PLUS may do.
    String flag = clientFirst.substring(0, Math.max(0, flagEnd));
    require(flagEnd > 0 && headerEnd > 0 && (flag.equals("n") || flag.equals("y")), MALFORMED);
    gs2Header = clientFirst.substring(0, headerEnd);
    String wanted = clientFirst.substring(flagEnd + 1, headerEnd - 1);
    require(wanted.isEmpty() || wanted.startsWith("a="), MALFORMED);
    authzid = wanted.isEmpty() ? "" : unescaped(wanted.substring(2));

    clientFirstBare = clientFirst.substring(headerEnd);
    String[] attributes = clientFirstBare.split(",", -1);
    // An 'm' in front of the name is an extension that whoever does not know it must refuse.
    require(attributes.length >= 2 && attributes[0].startsWith("n="), MALFORMED);
    username = unescaped(attributes[0].substring(2));
    require(!username.isEmpty() && attributes[1].matches("r=[!-~]+"), MALFORMED);
    nonce = attributes[1].substring(2) + RandomText.hex(16);
    serverFirst =
        "r="
            + nonce
            + ",s="
            + base64(accounts.salt(mechanism, username))
            + ",i="
            + ScramMechanism.ITERATIONS;
    return serverFirst;
  }

  /** Takes {@code c=header,r=nonce,p=proof} and gives {@code v=signature}. */
  String success(String clientFinal) throws SaslFailure {
    int proofAt = clientFinal.lastIndexOf(",p=");
    require(proofAt >= 0, MALFORMED);
    String withoutProof = clientFinal.substring(0, proofAt);
    String[] attributes = withoutProof.split(",", -1);
    boolean shaped =
        attributes.length >= 2 && attributes[0].startsWith("c=") && attributes[1].startsWith("r=");
    require(shaped, MALFORMED);
    byte[] proof = decoded(clientFinal.substring(proofAt + 3));
    require(attributes[0].substring(2).equals(base64(utf8(gs2Header))), NOT_AUTHORIZED);
    require(attributes[1].substring(2).equals(nonce), NOT_AUTHORIZED);

    byte[] salted = accounts.saltedPassword(mechanism, username);
    byte[] authMessage = utf8(clientFirstBare + ',' + serverFirst + ',' + withoutProof);
    byte[] storedKey = mechanism.hash(mechanism.hmac(salted, utf8("Client Key")));
    byte[] clientKey = xor(proof, mechanism.hmac(storedKey, authMessage));
    boolean proven = MessageDigest.isEqual(mechanism.hash(clientKey), storedKey);
    require(proven && accounts.jid(username).filter(accounts::isKnown).isPresent(), NOT_AUTHORIZED);
    require(authzid.isEmpty() || authzid.equals(account().toString()), "invalid-authzid");
    byte[] serverKey = mechanism.hmac(salted, utf8("Server Key"));
    return "v=" + base64(mechanism.hmac(serverKey, authMessage));
  }

  /** The bare JID of who has proven to be it, after {@link #success}. */
  Jid account() {
    return accounts.jid(username).orElseThrow();
  }

  /** Names hold {@code =2C} for a comma and {@code =3D} for an equals sign, and no other escape. */
  private static String unescaped(String name) throws SaslFailure {
    String rest = name.replace("=2C", "").replace("=3D", "");
    require(rest.indexOf('=') < 0, MALFORMED);
    return name.replace("=2C", ",").replace("=3D", "=");
  }

  private static byte[] xor(byte[] proof, byte[] signature) throws SaslFailure {
    require(proof.length == signature.length, NOT_AUTHORIZED);
    byte[] key = new byte[proof.length];
    for (int i = 0; i < key.length; i++) {
      key[i] = (byte) (proof[i] ^ signature[i]);
    }
    return key;
  }

  private static byte[] decoded(String text) throws SaslFailure {
    try {
      return Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      throw new SaslFailure(MALFORMED);
    }
  }

  private static void require(boolean condition, String failure) throws SaslFailure {
    if (!condition) {
      throw new SaslFailure(failure);
    }
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
