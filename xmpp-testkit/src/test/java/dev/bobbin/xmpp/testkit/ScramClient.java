package dev.bobbin.xmpp.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The client's side of SCRAM, written from RFC 5802 section 3 apart from the server's. */
final class ScramClient {
  static final String NONCE = "rOprNGfwEbeRWgbNEkqO";

  private final String hash;
  private final String user;
  private final String password;
  private String gs2 = "n,,";
  private byte[] binding = new byte[0];
  private String signature = "";

  ScramClient(String mechanism, String user, String password) {
    this.hash = mechanism.replaceFirst("SCRAM-SHA-(\\d+).*", "$1");
    this.user = user;
    this.password = password;
  }

  ScramClient withGs2(String header) {
    gs2 = header;
    return this;
  }

  ScramClient bindingTo(String type, byte[] data) {
    gs2 = "p=" + type + ",,";
    binding = data.clone();
    return this;
  }

  String first() {
    return gs2 + bare();
  }

  private String bare() {
    return "n=" + user + ",r=" + NONCE;
  }

  String last(String challenge) {
    String nonce = challenge.substring(challenge.indexOf("r=") + 2, challenge.indexOf(",s="));
    byte[] bound = Arrays.copyOf(gs2.getBytes(UTF_8), gs2.length() + binding.length);
    System.arraycopy(binding, 0, bound, gs2.length(), binding.length);
    return last(challenge, "c=" + base64(bound) + ",r=" + nonce);
  }

  /** The last message with a proof that is right for whatever stands before it. */
  String last(String challenge, String withoutProof) {
    String salt = challenge.substring(challenge.indexOf(",s=") + 3, challenge.indexOf(",i="));
    int iterations = Integer.parseInt(challenge.substring(challenge.indexOf(",i=") + 3));
    byte[] salted = hi(Base64.getDecoder().decode(salt), iterations);
    byte[] message = (bare() + "," + challenge + "," + withoutProof).getBytes(UTF_8);
    byte[] clientKey = hmac(salted, "Client Key".getBytes(UTF_8));
    byte[] proof = xor(clientKey, hmac(digest(clientKey), message));
    byte[] serverKey = hmac(salted, "Server Key".getBytes(UTF_8));
    signature = "v=" + Base64.getEncoder().encodeToString(hmac(serverKey, message));
    return withoutProof + ",p=" + Base64.getEncoder().encodeToString(proof);
  }

  String expectedSignature() {
    return signature;
  }

  private byte[] hi(byte[] salt, int iterations) {
    byte[] block = Arrays.copyOf(salt, salt.length + 4);
    block[salt.length + 3] = 1;
    Mac mac = mac(password.getBytes(UTF_8));
    byte[] u = mac.doFinal(block);
    byte[] result = u.clone();
    for (int i = 1; i < iterations; i++) {
      u = mac.doFinal(u);
      result = xor(result, u);
    }
    return result;
  }

  private byte[] hmac(byte[] key, byte[] text) {
    return mac(key).doFinal(text);
  }

  private Mac mac(byte[] key) {
    try {
      Mac mac = Mac.getInstance("HmacSHA" + hash);
      mac.init(new SecretKeySpec(key, "RAW"));
      return mac;
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private byte[] digest(byte[] text) {
    try {
      return MessageDigest.getInstance("SHA-" + hash).digest(text);
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private static byte[] xor(byte[] a, byte[] b) {
    byte[] c = new byte[a.length];
    for (int i = 0; i < a.length; i++) {
      c[i] = (byte) (a[i] ^ b[i]);
    }
    return c;
  }

  static String base64(String text) {
    return base64(text.getBytes(UTF_8));
  }

  static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  static String unbase64(String text) {
    return new String(Base64.getDecoder().decode(text), UTF_8);
  }
}
