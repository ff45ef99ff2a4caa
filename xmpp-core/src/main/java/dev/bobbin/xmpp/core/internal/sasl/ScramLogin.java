package dev.bobbin.xmpp.core.internal.sasl;

import com.ongres.scram.client.ScramClient;
import com.ongres.scram.common.ScramFunctions;
import com.ongres.scram.common.ScramMechanism;
import com.ongres.scram.common.ServerFinalMessage;
import com.ongres.scram.common.ServerFirstMessage;
import com.ongres.scram.common.StringPreparation;
import com.ongres.scram.common.exception.ScramException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The client's side of one SCRAM exchange (<a href="https://www.rfc-editor.org/rfc/rfc5802">RFC
 * 5802</a>, <a href="https://www.rfc-editor.org/rfc/rfc7677">RFC 7677</a>).
 *
 * <p>Keys, hashes and proofs are the SCRAM library's functions. What it leaves to its callers is
 * checked here: the shape of the server's messages, and the iteration count, which is bounded
 * before any key is derived, since a hostile server could ask for hours of work or for none.
 *
 * <p>The message that both sides sign is put together here, out of the very text that was sent: the
 * library would build the server's part anew from nonce, salt and count, which loses the optional
 * extensions that a server may add (RFC 5802 section 5.1, such as <a
 * href="https://xmpp.org/extensions/xep-0474.html">XEP-0474</a>'s) and so refuses their login. They
 * are signed, and otherwise ignored. For use by one thread.
 */
public final class ScramLogin {
  /** What we speak, the strongest first. */
  public static final List<String> MECHANISMS = List.of("SCRAM-SHA-256", "SCRAM-SHA-1");

  private static final int LEAST_ITERATIONS = 4096;
  private static final int MOST_ITERATIONS = 1_000_000;

  /** No channel binding, no other identity to act as. */
  private static final String GS2_HEADER = "n,,";

  private static final int MOST_CHARS = 4096;
  private static final int NONCE_BYTES = 24;
  private static final Pattern SERVER_FIRST =
      Pattern.compile(
          "r=[\\x21-\\x2B\\x2D-\\x7E]{1,1024},s=[A-Za-z0-9+/]{1,1024}={0,2},i=([1-9][0-9]{0,8})"
              // Optional extensions; "m" is reserved for those that one has to understand.
              + "(?:,[A-Za-ln-z]=[^,\\x00\\uFFFD]{1,2048}+){0,16}+");

  private final ScramClient client;
  private final char[] password;
  private String clientFirst = "";
  private String authMessage = "";
  private byte @Nullable [] serverKey;
  private boolean verified;

  /**
   * Begins an exchange.
   *
   * @param mechanism one of {@link #MECHANISMS}
   * @param user the local part of the JID
   * @param password the password; a copy is kept until {@link #answer}
   * @throws SaslException when user or password hold what SASLprep (RFC 4013) forbids
   */
  public ScramLogin(String mechanism, String user, char[] password) throws SaslException {
    this(mechanism, user, password, ScramLogin::nonce);
  }

  /** With a nonce that a test knows. */
  ScramLogin(String mechanism, String user, char[] password, Supplier<String> nonce)
      throws SaslException {
    this.password = password.clone();
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
    clientFirst = client.clientFirstMessage().toString();
    return encode(clientFirst);
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
      ServerFirstMessage parsed = client.serverFirstMessage(message);
      return encode(prove(message, parsed));
    } catch (ScramException | RuntimeException e) {
      throw new SaslException("the server's first SCRAM message is not acceptable");
    }
  }

  private String prove(String serverFirst, ServerFirstMessage parsed) {
    ScramMechanism mechanism = client.getScramMechanism();
    byte[] salted =
        ScramFunctions.saltedPassword(
            mechanism,
            StringPreparation.SASL_PREPARATION,
            password,
            Base64.getDecoder().decode(parsed.getSalt()),
            parsed.getIterationCount());
    Arrays.fill(password, '\0');
    String withoutProof = "c=" + encode(GS2_HEADER) + ",r=" + parsed.getNonce();
    authMessage =
        clientFirst.substring(GS2_HEADER.length()) + "," + serverFirst + "," + withoutProof;
    byte[] clientKey = ScramFunctions.clientKey(mechanism, salted);
    serverKey = ScramFunctions.serverKey(mechanism, salted);
    byte[] signature =
        ScramFunctions.clientSignature(
            mechanism, ScramFunctions.storedKey(mechanism, clientKey), authMessage);
    byte[] proof = ScramFunctions.clientProof(clientKey, signature);
    return withoutProof + ",p=" + Base64.getEncoder().encodeToString(proof);
  }

  /**
   * Checks that the server knows the password too.
   *
   * @param signature Base64 from the element {@code success}, or from a last challenge
   * @throws SaslException when its signature is absent or wrong
   */
  public void verify(String signature) throws SaslException {
    String message = decode(signature);
    if (message.startsWith("e=")) {
      throw new SaslException("the server refused the SCRAM exchange");
    }
    if (!isSigned(message)) {
      throw new SaslException("the server's SCRAM signature is wrong: it may be an impostor");
    }
    verified = true;
  }

  private boolean isSigned(String message) {
    byte[] key = serverKey;
    if (key == null) {
      return false;
    }
    try {
      byte[] signature = ServerFinalMessage.parseFrom(message).getVerifier();
      return signature != null
          && ScramFunctions.verifyServerSignature(
              client.getScramMechanism(), key, authMessage, signature);
    } catch (ScramException | RuntimeException e) {
      return false;
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
