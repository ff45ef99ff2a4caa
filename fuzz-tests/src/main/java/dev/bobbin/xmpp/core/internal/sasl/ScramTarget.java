package dev.bobbin.xmpp.core.internal.sasl;

import dev.bobbin.fuzz.Claim;
import dev.bobbin.fuzz.Input;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A SCRAM server's messages. The input is its first one, a line end, and its last one. The client's
 * nonce is {@code NONCE}, its password {@code pencil}.
 *
 * <p>Claimed: a message is answered or refused with a {@link SaslException}; an answer repeats a
 * nonce that goes on from ours, and follows an iteration count within the bounds; the last message
 * is taken for a signature alone, and nothing is answered behind it.
 */
public final class ScramTarget {
  private static final String NONCE = "NONCE";
  private static final String PASSWORD = "pencil";
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
    String serverFinal = messages.get(1);
    try {
      check(serverFirst, serverFinal);
    } catch (SaslException e) {
      checkMessage(e, serverFirst + serverFinal);
    }
  }

  private static void check(String serverFirst, String serverFinal) throws SaslException {
    ScramExchange exchange = exchange();
    try {
      checkAnswer(serverFirst, exchange.answer(bytes(serverFirst)));
    } catch (SaslException e) {
      checkMessage(e, serverFirst);
    }
    exchange.succeed(bytes(serverFinal));
    Claim.that(serverFinal.startsWith("v="), "taken without a signature");
    // One that has seen the signature wants no other.
    exchange.succeed(new byte[0]);
    exchange.answer(new byte[0]);
    throw new AssertionError("a challenge after the signature was answered");
  }

  private static ScramExchange exchange() {
    ScramExchange exchange =
        new ScramExchange(
            Mechanism.SCRAM_SHA_256,
            Gs2Header.NOT_BINDING,
            "user",
            PASSWORD.toCharArray(),
            () -> NONCE);
    exchange.initialResponse();
    return exchange;
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

  private static void checkAnswer(String serverFirst, byte[] answer) {
    String text = new String(answer, StandardCharsets.UTF_8);
    String nonce = serverFirst.substring(2, serverFirst.indexOf(','));
    Claim.that(text.startsWith("c=biws,r=" + nonce + ",p="), "the answer is " + text);
    Claim.that(
        nonce.startsWith(NONCE) && nonce.length() > NONCE.length(), "it took the nonce " + nonce);
    Matcher count = COUNT.matcher(serverFirst);
    Claim.that(
        count.find() && Integer.parseInt(count.group(1)) == LEAST_ROUNDS, "it took the count");
  }

  /** A message may quote what the server said, be it the password. */
  private static void checkMessage(SaslException e, String said) {
    String message = String.valueOf(e.getMessage());
    Claim.printable(message);
    Claim.that(
        !message.contains(PASSWORD) || said.contains(PASSWORD), "a message holds the password");
  }

  private static byte[] bytes(String message) {
    return message.getBytes(StandardCharsets.UTF_8);
  }
}
