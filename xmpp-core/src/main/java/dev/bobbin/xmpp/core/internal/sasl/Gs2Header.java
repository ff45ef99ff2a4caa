package dev.bobbin.xmpp.core.internal.sasl;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * What a SCRAM client says about channel binding (<a
 * href="https://www.rfc-editor.org/rfc/rfc5802#section-6">RFC 5802 section 6</a>). It names no
 * other identity to act as.
 */
final class Gs2Header {
  /** We do not bind. */
  static final Gs2Header NOT_BINDING = new Gs2Header("n,,", null);

  /** We could bind, and believe that the server cannot: one that can then knows of a fraud. */
  static final Gs2Header SERVER_CANNOT = new Gs2Header("y,,", null);

  private final String text;
  private final @Nullable ChannelBinding binding;

  private Gs2Header(String text, @Nullable ChannelBinding binding) {
    this.text = text;
    this.binding = binding;
  }

  static Gs2Header binding(ChannelBinding binding) {
    return new Gs2Header("p=" + binding.type() + ",,", binding);
  }

  @Nullable ChannelBinding binding() {
    return binding;
  }

  /** The attribute {@code c} of the client's final message. */
  String channelBindingInput() {
    byte[] header = text.getBytes(StandardCharsets.UTF_8);
    byte[] data = binding == null ? new byte[0] : binding.data();
    byte[] both = ByteBuffer.allocate(header.length + data.length).put(header).put(data).array();
    return Base64.getEncoder().encodeToString(both);
  }

  @Override
  public String toString() {
    return text;
  }
}
