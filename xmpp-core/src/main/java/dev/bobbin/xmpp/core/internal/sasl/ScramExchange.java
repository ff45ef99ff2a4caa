package dev.bobbin.xmpp.core.internal.sasl;

import com.ongres.scram.common.ScramFunctions;
import com.ongres.scram.common.ScramMechanism;
import dev.bobbin.xmpp.api.Quoted;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The client's side of one SCRAM exchange (<a href="https://www.rfc-editor.org/rfc/rfc5802">RFC
 * 5802</a>, <a href="https://www.rfc-editor.org/rfc/rfc7677">RFC 7677</a>).
 *
 * <p>The password is salted by {@link SaltedPassword}; keys, hashes and proofs are the SCRAM
 * library's functions. What a server may say is read here, by position and in full: the library
 * takes digits of any script, throws unchecked on hostile input, and bounds nothing. The iteration
 * count is bounded before any key is derived, since a hostile server could ask for hours of work or
 * for none.
 *
 * <p>The message that both sides sign is put together here, out of the very text that was sent, so
 * that optional extensions of the server (RFC 5802 section 5.1, such as <a
 * href="https://xmpp.org/extensions/xep-0474.html">XEP-0474</a>'s) are signed, and otherwise
 * ignored. For use by one thread.
 */
final class ScramExchange implements SaslExchange {
  private static final int LEAST_ITERATIONS = 4096;
  private static final int MOST_ITERATIONS = 1_000_000;
  private static final int MOST_BYTES = 4096;
  private static final int NONCE_BYTES = 24;

  /**
   * Optional extensions. "m" is reserved for those that one has to understand, and the names that
   * RFC 5802 gives a meaning to stand once each, where it says.
   */
  private static final String EXTENSIONS =
      "(?:,[A-Zbdfghjkloqtuwxyz]=[^,\\x00\\uFFFD]{1,2048}+){0,16}+";

  private static final Pattern SERVER_FIRST =
      Pattern.compile(
          "r=([\\x21-\\x2B\\x2D-\\x7E]{1,1024}),s=([A-Za-z0-9+/]{1,1024}={0,2})"
              + ",i=([1-9][0-9]{0,39})"
              + EXTENSIONS);
  private static final Pattern SERVER_FINAL =
      Pattern.compile("v=([A-Za-z0-9+/]{1,128}={0,2})" + EXTENSIONS);
  private static final Pattern SERVER_ERROR = Pattern.compile("e=([^,]{1,200})(?:,.*)?");

  private enum State {
    BEGUN,
    ANSWERED,
    VERIFIED,
    CLOSED
  }

  private final Mechanism mechanism;
  private final ScramMechanism functions;
  private final Gs2Header gs2;
  private final String nonce;
  private final String clientFirstBare;
  private final char[] password;
  private State state = State.BEGUN;
  private String authMessage = "";
  private byte[] serverKey = new byte[0];

  /**
   * Begins an exchange.
   *
   * @param user prepared
   * @param password prepared; copied
   */
  ScramExchange(Mechanism mechanism, Gs2Header gs2, String user, char[] password) {
    this(mechanism, gs2, user, password, ScramExchange::randomNonce);
  }

  /** With a nonce that a test knows. */
  ScramExchange(
      Mechanism mechanism, Gs2Header gs2, String user, char[] password, Supplier<String> nonces) {
    this.mechanism = mechanism;
    this.functions = mechanism.scram();
    this.gs2 = gs2;
    this.password = password.clone();
    this.nonce = nonces.get();
    String name = user.replace("=", "=3D").replace(",", "=2C");
    this.clientFirstBare = "n=" + name + ",r=" + nonce;
  }

  private static String randomNonce() {
    byte[] bytes = new byte[NONCE_BYTES];
    new SecureRandom().nextBytes(bytes);
    return Base64.getEncoder().encodeToString(bytes);
  }

  @Override
  public byte[] initialResponse() {
    return (gs2 + clientFirstBare).getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public byte[] answer(byte[] challenge) throws SaslException {
    switch (state) {
      case BEGUN -> {
        String proof = prove(text(challenge));
        state = State.ANSWERED;
        return proof.getBytes(StandardCharsets.UTF_8);
      }
      case ANSWERED -> {
        // RFC 6120 section 6.3.10 lets the server send its last data so, when it likes to.
        verify(text(challenge));
        return new byte[0];
      }
      case VERIFIED ->
          throw new SaslException("the server sent a challenge after its SCRAM signature");
      default -> throw closed();
    }
  }

  @Override
  public void succeed(byte[] additionalData) throws SaslException {
    switch (state) {
      case BEGUN ->
          throw new SaslException(
              "the server reported success without asking for a proof: it may be an impostor");
      case ANSWERED -> verify(text(additionalData));
      case VERIFIED -> {
        if (additionalData.length > 0) {
          throw new SaslException("the server sent more data after its SCRAM signature");
        }
      }
      case CLOSED -> throw closed();
    }
  }

  @Override
  public boolean hasSaidAll() {
    return state != State.BEGUN;
  }

  private String prove(String serverFirst) throws SaslException {
    Matcher shape = SERVER_FIRST.matcher(serverFirst);
    if (!shape.matches()) {
      refuseError(serverFirst);
      throw new SaslException("the server's first SCRAM message is malformed");
    }
    String bothNonces = shape.group(1);
    if (!bothNonces.startsWith(nonce) || bothNonces.length() == nonce.length()) {
      throw new SaslException("the server's SCRAM nonce does not continue ours");
    }
    int iterations = iterations(shape.group(3));
    byte[] salt = StrictBase64.decode(shape.group(2), "SCRAM salt");
    String withoutProof = "c=" + gs2.channelBindingInput() + ",r=" + bothNonces;
    authMessage = clientFirstBare + "," + serverFirst + "," + withoutProof;
    byte[] salted = SaltedPassword.of(mechanism, password, salt, iterations);
    Arrays.fill(password, '\0');
    try {
      serverKey = ScramFunctions.serverKey(functions, salted);
      return withoutProof + ",p=" + Base64.getEncoder().encodeToString(proof(salted));
    } finally {
      wipe(salted);
    }
  }

  private byte[] proof(byte[] salted) {
    byte[] clientKey = ScramFunctions.clientKey(functions, salted);
    try {
      byte[] storedKey = ScramFunctions.storedKey(functions, clientKey);
      try {
        return ScramFunctions.clientProof(
            clientKey, ScramFunctions.clientSignature(functions, storedKey, authMessage));
      } finally {
        wipe(storedKey);
      }
    } finally {
      wipe(clientKey);
    }
  }

  private static void wipe(byte[] secret) {
    Arrays.fill(secret, (byte) 0);
  }

  private static int iterations(String digits) throws SaslException {
    int count = digits.length() > 7 ? Integer.MAX_VALUE : Integer.parseInt(digits);
    if (count < LEAST_ITERATIONS || count > MOST_ITERATIONS) {
      throw new SaslException(
          "the server asks for "
              + digits
              + " SCRAM iterations; from "
              + LEAST_ITERATIONS
              + " to "
              + MOST_ITERATIONS
              + " are accepted");
    }
    return count;
  }

  private void verify(String serverFinal) throws SaslException {
    refuseError(serverFinal);
    Matcher shape = SERVER_FINAL.matcher(serverFinal);
    if (!shape.matches()
        || !ScramFunctions.verifyServerSignature(
            functions,
            serverKey,
            authMessage,
            StrictBase64.decode(shape.group(1), "SCRAM signature"))) {
      throw new SaslException("the server's SCRAM signature is wrong: it may be an impostor");
    }
    state = State.VERIFIED;
  }

  private static void refuseError(String message) throws SaslException {
    Matcher error = SERVER_ERROR.matcher(message);
    if (error.matches()) {
      throw new SaslException(
          "the server refused the SCRAM exchange with '" + Quoted.of(error.group(1)) + "'");
    }
  }

  private static String text(byte[] message) throws SaslException {
    if (message.length > MOST_BYTES) {
      throw new SaslException("the server's SCRAM message is longer than " + MOST_BYTES + " bytes");
    }
    return new String(message, StandardCharsets.UTF_8);
  }

  private static SaslException closed() {
    return new SaslException("the SCRAM exchange is closed");
  }

  /** Ends it for good, too: a signature made with a wiped key would be everybody's. */
  @Override
  public void close() {
    state = State.CLOSED;
    Arrays.fill(password, '\0');
    wipe(serverKey);
  }
}
