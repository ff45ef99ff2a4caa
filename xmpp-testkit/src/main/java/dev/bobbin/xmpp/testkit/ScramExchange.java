package dev.bobbin.xmpp.testkit;

import dev.bobbin.xmpp.api.jid.Jid;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;

/**
 * SCRAM (<a href="https://www.rfc-editor.org/rfc/rfc5802">RFC 5802</a>, <a
 * href="https://www.rfc-editor.org/rfc/rfc7677">RFC 7677</a>), with and without channel binding.
 * {@link #challenge} answers the client's first message, {@link #success} its last.
 */
final class ScramExchange implements SaslExchange {
  private static final String MALFORMED = SaslFailure.MALFORMED_REQUEST;
  private static final String NOT_AUTHORIZED = SaslFailure.NOT_AUTHORIZED;

  private final ScramHash hash;
  private final boolean plus;
  private final Accounts accounts;
  private final SaslOffer offer;
  private byte[] binding = new byte[0];
  private String bindingType = "";
  private String clientFirstBare = "";
  private String serverFirst = "";
  private String nonce = "";
  private String username = "";
  private String authzid = "";

  /**
   * Begins one.
   *
   * @param plus whether the client has to bind to the channel, or else must not
   * @param offer what this connection was offered
   */
  ScramExchange(ScramHash hash, boolean plus, Accounts accounts, SaslOffer offer) {
    this.hash = hash;
    this.plus = plus;
    this.accounts = accounts;
    this.offer = offer;
  }

  @Override
  public Outcome prove(Dialogue dialogue) throws IOException, SaslFailure {
    String last = dialogue.ask(challenge(dialogue.first()));
    return success(last);
  }

  /** Takes {@code n,,n=user,r=nonce} and gives {@code r=nonce,s=salt,i=iterations}. */
  private String challenge(String clientFirst) throws SaslFailure {
    Gs2Header header = Gs2Header.of(clientFirst);
    binding = binding(header);
    bindingType = header.binding();
    authzid = header.authzid();
    clientFirstBare = clientFirst.substring(header.text().length());
    String[] attributes = clientFirstBare.split(",", -1);
    // An 'm' in front of the name is an extension that whoever does not know it must refuse.
    SaslFailure.unless(attributes.length >= 2 && attributes[0].startsWith("n="), MALFORMED);
    username = Gs2Header.unescaped(attributes[0].substring(2));
    SaslFailure.unless(!username.isEmpty() && attributes[1].matches("r=[!-~]+"), MALFORMED);
    nonce = attributes[1].substring(2) + RandomText.hex(16);
    serverFirst =
        "r=" + nonce + ",s=" + base64(accounts.salt(hash, username)) + ",i=" + ScramHash.ITERATIONS;
    return serverFirst;
  }

  /** What the client's last message has to repeat: its header, and what it binds to. */
  private byte[] binding(Gs2Header header) throws SaslFailure {
    // Only a mechanism named -PLUS binds, and it always does.
    SaslFailure.unless((header.flag() == 'p') == plus, MALFORMED);
    // Somebody in the middle has taken our -PLUS out of what the client has seen (section 6).
    SaslFailure.unless(
        header.flag() != 'y' || !offer.bindsChannel(),
        NOT_AUTHORIZED,
        "server-does-support-channel-binding");
    ByteArrayOutputStream expected = new ByteArrayOutputStream();
    expected.writeBytes(utf8(header.text()));
    if (plus) {
      expected.writeBytes(
          offer
              .binding(header.binding())
              .orElseThrow(
                  () -> new SaslFailure(NOT_AUTHORIZED, "unsupported-channel-binding-type")));
    }
    return expected.toByteArray();
  }

  /** Takes {@code c=binding,r=nonce,p=proof} and gives {@code v=signature}. */
  private Outcome success(String clientFinal) throws SaslFailure {
    int proofAt = clientFinal.lastIndexOf(",p=");
    SaslFailure.unless(proofAt >= 0, MALFORMED);
    String withoutProof = clientFinal.substring(0, proofAt);
    String[] attributes = withoutProof.split(",", -1);
    boolean shaped =
        attributes.length >= 2 && attributes[0].startsWith("c=") && attributes[1].startsWith("r=");
    SaslFailure.unless(shaped, MALFORMED);
    byte[] proof = decoded(clientFinal.substring(proofAt + 3));
    SaslFailure.unless(
        attributes[0].substring(2).equals(base64(binding)),
        NOT_AUTHORIZED,
        "channel-bindings-dont-match");
    SaslFailure.unless(attributes[1].substring(2).equals(nonce), NOT_AUTHORIZED);

    byte[] salted = accounts.saltedPassword(hash, username);
    byte[] authMessage = utf8(clientFirstBare + ',' + serverFirst + ',' + withoutProof);
    byte[] storedKey = hash.digest(hash.hmac(salted, utf8("Client Key")));
    byte[] clientKey = xor(proof, hash.hmac(storedKey, authMessage));
    boolean proven = MessageDigest.isEqual(hash.digest(clientKey), storedKey);
    Jid account =
        accounts
            .jid(username)
            .filter(named -> proven && accounts.isKnown(named))
            .orElseThrow(() -> new SaslFailure(NOT_AUTHORIZED));
    byte[] serverKey = hash.hmac(salted, utf8("Server Key"));
    String signature = "v=" + base64(hash.hmac(serverKey, authMessage));
    return new Outcome(accounts.authorized(account, authzid), signature, bindingType);
  }

  private static byte[] xor(byte[] proof, byte[] signature) throws SaslFailure {
    SaslFailure.unless(proof.length == signature.length, NOT_AUTHORIZED);
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

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
