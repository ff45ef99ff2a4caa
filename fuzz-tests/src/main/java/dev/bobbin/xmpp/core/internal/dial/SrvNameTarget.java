package dev.bobbin.xmpp.core.internal.dial;

import dev.bobbin.fuzz.Claim;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The DER of a name of the kind {@code otherName} in a server's certificate. The input is that DER.
 *
 * <p>Claimed: it is a name or nothing, and never an exception; a name is ASCII without space or
 * control characters below it, is the end of the input, and has little but its type before it; the
 * certificate is taken for a domain exactly where the name is the service and that domain; what is
 * told of it is fit for a log; and it is the same when it is written in DER and read again.
 */
public final class SrvNameTarget {
  private static final int MOST_BYTES = 1024;

  /** Five tags with lengths of three bytes each, and eight bytes of type. */
  private static final int MOST_AROUND = 5 * 4 + 8;

  private static final int OTHER_NAME = 0;
  private static final byte[] TYPE = HexFormat.of().parseHex("06082b06010505070807");

  private SrvNameTarget() {}

  /**
   * Tries one input.
   *
   * @param input any bytes
   */
  public static void fuzzerTestOneInput(byte[] input) {
    Optional<String> name = SrvName.read(input);
    name.ifPresent(text -> checkTaken(text, input));
    PresentedNames names = PresentedNames.ofAlternatives(List.of(List.of(OTHER_NAME, input)));
    Claim.printable(names.toString());
    boolean expected =
        name.map(text -> text.toLowerCase(Locale.ROOT).equals("_xmpp-client.example.org"))
            .orElse(false);
    Claim.that(
        ReferenceIdentity.of("example.org").isAmong(names) == expected,
        "it is taken for example.org: " + !expected);
  }

  private static void checkTaken(String name, byte[] input) {
    byte[] text = name.getBytes(StandardCharsets.US_ASCII);
    int before = input.length - text.length;
    Claim.that(name.chars().allMatch(c -> c > ' ' && c < 0x7F), "it took the name " + name);
    Claim.that(input.length <= MOST_BYTES, "it took " + input.length + " bytes");
    Claim.that(
        before >= 0 && Arrays.equals(text, Arrays.copyOfRange(input, before, input.length)),
        "the name is not what the input ends in");
    Claim.that(before <= MOST_AROUND, before + " bytes stand before the name");
    byte[] written = written(text);
    Claim.that(
        written.length > MOST_BYTES || SrvName.read(written).equals(Optional.of(name)),
        "it changes when it is written");
  }

  private static byte[] written(byte[] name) {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    content.writeBytes(TYPE);
    content.writeBytes(tagged(0xA0, tagged(0x16, name)));
    return tagged(0x30, content.toByteArray());
  }

  private static byte[] tagged(int tag, byte[] content) {
    ByteArrayOutputStream der = new ByteArrayOutputStream();
    der.write(tag);
    if (content.length >= 0x100) {
      der.write(0x82);
      der.write(content.length >> 8);
    } else if (content.length >= 0x80) {
      der.write(0x81);
    }
    der.write(content.length);
    der.writeBytes(content);
    return der.toByteArray();
  }
}
