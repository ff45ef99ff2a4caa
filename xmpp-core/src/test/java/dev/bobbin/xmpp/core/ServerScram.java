package dev.bobbin.xmpp.core;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/** The server's side of SCRAM for one password, written anew so that it is a second opinion. */
final class ServerScram {
  static final String SALT = "QSXCR+Q6sek8bf92";
  private static final int ITERATIONS = 4096;

  private final int bits;
  private final String password;
  private final byte[] channelBinding;
  private String gs2 = "";
  private String clientFirstBare = "";
  private String serverFirst = "";

  ServerScram(String mechanism, String password) {
    this(mechanism, password, new byte[0]);
  }

  /** With the data of the channel binding that the client has to use. */
  ServerScram(String mechanism, String password, byte[] channelBinding) {
    this.bits = Integer.parseInt(mechanism.split("-")[2]);
    this.password = password;
    this.channelBinding = channelBinding.clone();
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
    String nonce = begin(clientFirst);
    serverFirst = "r=" + nonce + "server,s=" + SALT + ",i=" + ITERATIONS + extensions;
    return encode(serverFirst);
  }

  /** Reads the client's first message in Base64, and gives its nonce. */
  String begin(String clientFirst) {
    String message = decode(clientFirst);
    int end = message.indexOf(",,") + 2;
    gs2 = message.substring(0, end);
    clientFirstBare = message.substring(end);
    return clientFirstBare.substring(clientFirstBare.indexOf(",r=") + 3);
  }

  /** What the client said about channel binding. */
  String gs2() {
    return gs2;
  }

  /** Gives the signature for the client's final message; null where its proof is wrong. */
  String success(String clientFinal) throws GeneralSecurityException {
    String message = decode(clientFinal);
    int at = message.indexOf(",p=");
    byte[] bound = Base64.getDecoder().decode(message.substring(2, message.indexOf(",r=")));
    if (!Arrays.equals(bound, input())) {
      return null;
    }
    String signed = clientFirstBare + "," + serverFirst + "," + message.substring(0, at);
    byte[] salted =
        SecretKeyFactory.getInstance("PBKDF2WithHmacSHA" + bits)
            .generateSecret(
                new PBEKeySpec(
                    password.toCharArray(),
                    Base64.getDecoder().decode(SALT),
                    ITERATIONS,
                    bits == 1 ? 160 : bits))
            .getEncoded();
    byte[] clientKey = hmac(salted, "Client Key");
    MessageDigest digest = MessageDigest.getInstance("SHA-" + bits);
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

  private byte[] input() {
    byte[] header = gs2.getBytes(StandardCharsets.UTF_8);
    byte[] both = Arrays.copyOf(header, header.length + channelBinding.length);
    System.arraycopy(channelBinding, 0, both, header.length, channelBinding.length);
    return both;
  }

  private byte[] hmac(byte[] key, String text) throws GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacSHA" + bits);
    mac.init(new SecretKeySpec(key, mac.getAlgorithm()));
    return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
  }
}
