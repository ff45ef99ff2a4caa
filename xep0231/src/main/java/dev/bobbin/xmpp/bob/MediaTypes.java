package dev.bobbin.xmpp.bob;

import dev.bobbin.xmpp.api.Quoted;
import java.util.Objects;
import java.util.regex.Pattern;

/** What RFC 2045 section 5.1 says a media type looks like. */
final class MediaTypes {
  /** The longest that is taken; RFC 6838 section 4.2 allows type and subtype 127 each. */
  static final int MAX_CHARS = 512;

  private static final String TOKEN = "[!#$%&'*+.^_`{|}~0-9A-Za-z-]++";

  /** RFC 822's quoted-string is ASCII; it may hold controls, which we keep out of log lines. */
  private static final String QUOTED = "\"(?:[ !#-\\[\\]-~]|\\\\[ -~])*+\"";

  private static final Pattern MEDIA_TYPE =
      Pattern.compile(
          TOKEN
              + "/"
              + TOKEN
              + "(?:[ \\t]*+;[ \\t]*+"
              + TOKEN
              + "=(?:"
              + TOKEN
              + "|"
              + QUOTED
              + "))*+");

  private MediaTypes() {}

  static boolean isValid(String type) {
    return type.length() <= MAX_CHARS && MEDIA_TYPE.matcher(type).matches();
  }

  static void require(String type) {
    Objects.requireNonNull(type, "type");
    if (!isValid(type)) {
      throw new IllegalArgumentException(
          "'"
              + Quoted.of(type)
              + "' is no media type such as image/png (docs/errors.md#no-media-type)");
    }
  }
}
