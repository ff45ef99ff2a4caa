package dev.bobbin.xmpp.core;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/** The server's side of SCRAM for one password, written anew so that it is a second opinion. */
final class ServerScram {
  private static final String SALT = "QSXCR+Q6sek8bf92";
  private static final int ITERATIONS = 4096;

  private final String hash;
  private final String password;
  private String clientFirstBare = "";
  private String serverFirst = "";

  ServerScram(String mechanism, String password) {
    this.hash = mechanism.equals("SCRAM-SHA-256") ? "SHA256" : "SHA1";
    this.password = password;
  }

  static String decode(String base64) {
    return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
  }

  static String encode(String message) {
    return Base64.getEncoder().encodeToString(message.getBytes(StandardCharsets.UTF_8));
  }

  /** Answers the client's first message; both in Base64. */
  String challenge(String clientFirst) {
    return challenge(clientFirst, "");
  }

  /** As above, with extensions such as {@code ,d=Zm9v} after what every server says. */
  String challenge(String clientFirst, String extensions) {
    String message = decode(clientFirst);
    clientFirstBare = message.substring(message.indexOf("n=", 2));
    String nonce = clientFirstBare.substring(clientFirstBare.indexOf(",r=") + 3);
    serverFirst = "r=" + nonce + "server,s=" + SALT + ",i=" + ITERATIONS + extensions;
    return encode(serverFirst);
  }

  /** Gives the signature for the client's final message; null where its proof is wrong. */
  String success(String clientFinal) throws GeneralSecurityException {
    String message = decode(clientFinal);
    int at = message.indexOf(",p=");
    String signed = clientFirstBare + "," + serverFirst + "," + message.substring(0, at);
    byte[] salted =
        SecretKeyFactory.getInstance("PBKDF2WithHmac" + hash)
            .generateSecret(
                new PBEKeySpec(
                    password.toCharArray(),
                    Base64.getDecoder().decode(SALT),
                    ITERATIONS,
                    hash.equals("SHA256") ? 256 : 160))
            .getEncoded();
    byte[] clientKey = hmac(salted, "Client Key");
    MessageDigest digest = MessageDigest.getInstance(hash.equals("SHA256") ? "SHA-256" : "SHA-1");
    byte[] storedKey = digest.digest(clientKey);
    byte[] signature = hmac(storedKey, signed);
    byte[] proof = Base64.getDecoder().decode(message.substring(at + 3));
    for (int i = 0; i < proof.length; i++) {
      proof[i] ^= signature[i];
    }
    if (!MessageDigest.isEqual(digest.digest(proof), storedKey)) {
      return null;
    }
    byte[] own = hmac(hmac(salted, "Server Key"), signed);
    return encode("v=" + Base64.getEncoder().encodeToString(own));
  }

  private byte[] hmac(byte[] key, String text) throws GeneralSecurityException {
    Mac mac = Mac.getInstance("Hmac" + hash);
    mac.init(new SecretKeySpec(key, mac.getAlgorithm()));
    return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
  }
}
