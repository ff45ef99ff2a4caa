package dev.bobbin.xmpp.core.internal.sasl;

import dev.bobbin.fuzz.Claim;
import dev.bobbin.fuzz.Input;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A SCRAM server's messages. The input is its first one, a line end, and its last one; the first is
 * also given without Base64 around it. The client's nonce is {@code NONCE}, its password {@code
 * pencil}.
 *
 * <p>Claimed: a message is answered or refused with a {@link SaslException}; an answer repeats a
 * nonce that goes on from ours, and follows an iteration count within the bounds; a login counts as
 * verified exactly when the last message was taken, and never on account of an error.
 */
public final class ScramTarget {
  private static final String NONCE = "NONCE";
  private static final Pattern COUNT = Pattern.compile(",i=([0-9]++)");

  /** Deriving a key takes time, and no more is learnt from more rounds. */
  private static final int LEAST_ROUNDS = 4096;

  private ScramTarget() {}

  /**
   * Tries one input.
   *
   * @param input the server's two messages
   */
  public static void fuzzerTestOneInput(byte[] input) {
    List<String> messages = Input.lines(input, 2);
    String serverFirst = messages.get(0);
    if (!isQuick(serverFirst)) {
      return;
    }
    try {
      ScramLogin direct = login();
      direct.answer(serverFirst);
      direct.verify(messages.get(1));
    } catch (SaslException e) {
      checkMessage(e);
    }
    ScramLogin login = login();
    try {
      checkAnswer(serverFirst, login.answer(base64(serverFirst)));
    } catch (SaslException e) {
      checkMessage(e);
    }
    Claim.that(!login.isVerified(), "verified without a signature");
    String serverFinal = messages.get(1);
    try {
      login.verify(base64(serverFinal));
      Claim.that(login.isVerified(), "taken and not verified");
      Claim.that(serverFinal.startsWith("v="), "verified without a signature");
    } catch (SaslException e) {
      checkMessage(e);
      Claim.that(!login.isVerified(), "refused and verified");
    }
  }

  private static ScramLogin login() {
    try {
      ScramLogin login =
          new ScramLogin("SCRAM-SHA-256", "user", "pencil".toCharArray(), () -> NONCE);
      login.first();
      return login;
    } catch (SaslException e) {
      throw new AssertionError("this user and this password are allowed", e);
    }
  }

  private static boolean isQuick(String serverFirst) {
    Matcher count = COUNT.matcher(serverFirst);
    while (count.find()) {
      String digits = count.group(1);
      // From ten digits on the shape is refused; what is below the least is, too.
      if (digits.length() < 10 && Integer.parseInt(digits) > LEAST_ROUNDS) {
        int iterations = Integer.parseInt(digits);
        return iterations > 1_000_000;
      }
    }
    return true;
  }

  private static void checkAnswer(String serverFirst, String answer) {
    String text = new String(Base64.getDecoder().decode(answer), StandardCharsets.UTF_8);
    String nonce = serverFirst.substring(2, serverFirst.indexOf(','));
    Claim.that(text.startsWith("c=biws,r=" + nonce + ",p="), "the answer is " + text);
    Claim.that(
        nonce.startsWith(NONCE) && nonce.length() > NONCE.length(), "it took the nonce " + nonce);
    Matcher count = COUNT.matcher(serverFirst);
    Claim.that(
        count.find() && Integer.parseInt(count.group(1)) == LEAST_ROUNDS, "it took the count");
  }

  private static void checkMessage(SaslException e) {
    String message = String.valueOf(e.getMessage());
    Claim.printable(message);
    Claim.that(!message.contains("pencil"), "a message holds the password");
  }

  private static String base64(String message) {
    return Base64.getEncoder().encodeToString(message.getBytes(StandardCharsets.UTF_8));
  }
}
