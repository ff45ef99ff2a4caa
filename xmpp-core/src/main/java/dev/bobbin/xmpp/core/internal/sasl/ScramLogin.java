package dev.bobbin.xmpp.core.internal.sasl;

import com.ongres.scram.client.ScramClient;
import com.ongres.scram.common.StringPreparation;
import com.ongres.scram.common.exception.ScramException;
import com.ongres.scram.common.exception.ScramServerErrorException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * The client's side of one SCRAM exchange (<a href="https://www.rfc-editor.org/rfc/rfc5802">RFC
 * 5802</a>, <a href="https://www.rfc-editor.org/rfc/rfc7677">RFC 7677</a>).
 *
 * <p>Hashes and proofs are the SCRAM library's. What it leaves to its callers is checked here: the
 * shape of the server's messages, and the iteration count, which is bounded before any key is
 * derived, since a hostile server could ask for hours of work or for none. For use by one thread.
 */
public final class ScramLogin {
  /** What we speak, the strongest first. */
  public static final List<String> MECHANISMS = List.of("SCRAM-SHA-256", "SCRAM-SHA-1");

  private static final int LEAST_ITERATIONS = 4096;
  private static final int MOST_ITERATIONS = 1_000_000;
  private static final int MOST_CHARS = 4096;
  private static final int NONCE_BYTES = 24;
  private static final Pattern SERVER_FIRST =
      Pattern.compile(
          "r=[\\x21-\\x2B\\x2D-\\x7E]{1,1024},s=[A-Za-z0-9+/]{1,1024}={0,2},i=([1-9][0-9]{0,8})");

  private final ScramClient client;
  private boolean verified;

  /**
   * Begins an exchange.
   *
   * @param mechanism one of {@link #MECHANISMS}
   * @param user the local part of the JID
   * @param password the password; not kept
   * @throws SaslException when user or password hold what SASLprep (RFC 4013) forbids
   */
  public ScramLogin(String mechanism, String user, char[] password) throws SaslException {
    this(mechanism, user, password, ScramLogin::nonce);
  }

  /** With a nonce that a test knows. */
  ScramLogin(String mechanism, String user, char[] password, Supplier<String> nonce)
      throws SaslException {
    try {
      // The library prepares the password late, where a failure would look like the server's.
      StringPreparation.SASL_PREPARATION.normalize(password.clone());
      client =
          ScramClient.builder()
              .advertisedMechanisms(List.of(mechanism))
              .username(user)
              .password(password.clone())
              .stringPreparation(StringPreparation.SASL_PREPARATION)
              .nonceSupplier(nonce)
              .build();
    } catch (IllegalArgumentException e) {
      // The library's message may quote the password.
      throw new SaslException(
          "user name or password is empty or holds a character that SASLprep (RFC 4013) forbids");
    }
  }

  private static String nonce() {
    byte[] bytes = new byte[NONCE_BYTES];
    new SecureRandom().nextBytes(bytes);
    return Base64.getEncoder().withoutPadding().encodeToString(bytes);
  }

  /**
   * The initial response.
   *
   * @return Base64 for the element {@code auth}
   */
  public String first() {
    return encode(client.clientFirstMessage().toString());
  }

  /**
   * Answers the server's challenge. Costs up to a second of computing.
   *
   * @param challenge Base64 from the element {@code challenge}
   * @return Base64 for the element {@code response}
   * @throws SaslException when the challenge is not what RFC 5802 allows
   */
  public String answer(String challenge) throws SaslException {
    String message = decode(challenge);
    var shape = SERVER_FIRST.matcher(message);
    if (!shape.matches()) {
      throw new SaslException("the server's first SCRAM message is malformed");
    }
    int iterations = Integer.parseInt(shape.group(1));
    if (iterations < LEAST_ITERATIONS || iterations > MOST_ITERATIONS) {
      throw new SaslException(
          "the server asks for "
              + iterations
              + " SCRAM iterations; from "
              + LEAST_ITERATIONS
              + " to "
              + MOST_ITERATIONS
              + " are accepted");
    }
    try {
      client.serverFirstMessage(message);
      return encode(client.clientFinalMessage().toString());
    } catch (ScramException | RuntimeException e) {
      throw new SaslException("the server's first SCRAM message is not acceptable");
    }
  }

  /**
   * Checks that the server knows the password too.
   *
   * @param signature Base64 from the element {@code success}, or from a last challenge
   * @throws SaslException when its signature is absent or wrong
   */
  public void verify(String signature) throws SaslException {
    try {
      client.serverFinalMessage(decode(signature));
      verified = true;
    } catch (ScramServerErrorException e) {
      throw new SaslException("the server refused the SCRAM exchange");
    } catch (ScramException | RuntimeException e) {
      throw new SaslException("the server's SCRAM signature is wrong: it may be an impostor");
    }
  }

  /**
   * Whether the server has proved itself.
   *
   * @return true after {@link #verify} returned
   */
  public boolean isVerified() {
    return verified;
  }

  private static String encode(String message) {
    return Base64.getEncoder().encodeToString(message.getBytes(StandardCharsets.UTF_8));
  }

  private static String decode(String text) throws SaslException {
    if (text.length() > MOST_CHARS) {
      throw new SaslException("the server's SCRAM message is too long");
    }
    try {
      return new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new SaslException("the server's SCRAM message is not Base64");
    }
  }
}
