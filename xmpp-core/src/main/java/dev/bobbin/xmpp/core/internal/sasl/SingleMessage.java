package dev.bobbin.xmpp.core.internal.sasl;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A mechanism that is one message of the client's: PLAIN (<a
 * href="https://www.rfc-editor.org/rfc/rfc4616">RFC 4616</a>), EXTERNAL (<a
 * href="https://www.rfc-editor.org/rfc/rfc4422#appendix-A">RFC 4422 appendix A</a>), ANONYMOUS (<a
 * href="https://www.rfc-editor.org/rfc/rfc4505">RFC 4505</a>). The server proves nothing in it but
 * what TLS has shown. For use by one thread.
 */
final class SingleMessage implements SaslExchange {
  private final Mechanism mechanism;
  private final byte[] message;

  private SingleMessage(Mechanism mechanism, byte[] message) {
    this.mechanism = mechanism;
    this.message = message;
  }

  /** User and password, both prepared; no other identity to act as. */
  static SingleMessage plain(String user, char[] password) {
    byte[] name = user.getBytes(StandardCharsets.UTF_8);
    byte[] secret = PasswordBytes.of(password);
    ByteBuffer message = ByteBuffer.allocate(name.length + secret.length + 2);
    message.put((byte) 0).put(name).put((byte) 0).put(secret);
    Arrays.fill(secret, (byte) 0);
    return new SingleMessage(Mechanism.PLAIN, message.array());
  }

  /** The identity to act as, out of those that the certificate may stand for. */
  static SingleMessage external(String account) {
    return new SingleMessage(Mechanism.EXTERNAL, account.getBytes(StandardCharsets.UTF_8));
  }

  /** Without trace information: nobody's business. */
  static SingleMessage anonymous() {
    return new SingleMessage(Mechanism.ANONYMOUS, new byte[0]);
  }

  @Override
  public byte[] initialResponse() {
    return message.clone();
  }

  @Override
  public byte[] answer(byte[] challenge) throws SaslException {
    throw new SaslException("the server sent a challenge, which " + name() + " does not have");
  }

  @Override
  public void succeed(byte[] additionalData) throws SaslException {
    if (additionalData.length > 0) {
      throw new SaslException("the server sent data with its success, which " + name() + " lacks");
    }
  }

  @Override
  public boolean hasSaidAll() {
    return true;
  }

  private String name() {
    return mechanism.saslName();
  }

  @Override
  public void close() {
    Arrays.fill(message, (byte) 0);
  }
}
