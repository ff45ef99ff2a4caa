package dev.bobbin.store.jsonfile;

import dev.bobbin.xmpp.api.jid.Jid;
import dev.bobbin.xmpp.api.jid.MalformedJidException;
import dev.bobbin.xmpp.bob.Bob;
import dev.bobbin.xmpp.bob.BobData;
import dev.bobbin.xmpp.bob.ContentId;
import dev.bobbin.xmpp.bob.Shelf;
import dev.bobbin.xmpp.bob.StoredBob;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonEncoding;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonWriteFeature;

/**
 * An item as JSON, in ASCII: {@code format}; {@code data}, {@code type}, {@code cid} and {@code
 * max_age}, which a Python program reads and writes as well, and {@code stored_at}, {@code
 * expires_at}, {@code origin} and {@code sender}, which it ignores. {@code max_age} is always
 * there, as a number or null; what is absent of the latter four is left out.
 *
 * <p>On reading, unknown keys are skipped, a key that comes twice is an error, and a {@code
 * max_age} that is no non-negative whole number counts as absent, as it does for the Python
 * program.
 *
 * <p>{@code format} comes first, so that whoever does not know that format reads no further.
 * Without it a file has the form that Python writes, which format 1 only adds to. Each version of
 * this library reads every format up to its own and writes the newest one, and none rewrites a file
 * because it has read it. A key that older versions may skip is no new format.
 */
final class ItemFormat {
  static final int NEWEST = 1;

  private static final int MAX_DEPTH = 16;
  private static final int MAX_NAME = 256;
  private static final int MAX_NUMBER = 100;
  private static final int MAX_INSTANT = 64;
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private final JsonFactory json;

  ItemFormat(int maxFileBytes) {
    json =
        JsonFactory.builder()
            .streamReadConstraints(
                StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxNameLength(MAX_NAME)
                    .maxNumberLength(MAX_NUMBER)
                    .maxStringLength(maxFileBytes)
                    .build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
            // Names from a hostile file would stay in a table of the factory.
            .disable(TokenStreamFactory.Feature.CANONICALIZE_PROPERTY_NAMES)
            .build();
  }

  byte[] encode(StoredBob item) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Bob bob = item.bob();
    try (JsonGenerator out =
        json.createGenerator(ObjectWriteContext.empty(), bytes, JsonEncoding.UTF8)) {
      out.writeStartObject();
      out.writeNumberProperty("format", NEWEST);
      out.writeStringProperty("data", bob.data().toBase64());
      out.writeStringProperty("type", bob.type());
      out.writeStringProperty("cid", bob.cid().value());
      if (bob.maxAge() == null) {
        out.writeNullProperty("max_age");
      } else {
        out.writeNumberProperty("max_age", bob.maxAge().toSeconds());
      }
      out.writeStringProperty("stored_at", item.storedAt().toString());
      writeIfPresent(out, "expires_at", item.expiresAt());
      writeIfPresent(out, "origin", item.origin());
      if (item.key().shelf() instanceof Shelf.From from) {
        writeIfPresent(out, "sender", from.sender());
      }
      out.writeEndObject();
    }
    return bytes.toByteArray();
  }

  private static void writeIfPresent(JsonGenerator out, String name, @Nullable Object value) {
    if (value != null) {
      out.writeStringProperty(name, value.toString());
    }
  }

  ItemFile decode(byte[] bytes) throws DamagedFileException {
    String text = text(bytes);
    if (text.startsWith(BYTE_ORDER_MARK)) {
      throw DamagedFileException.because("it begins with a byte order mark");
    }
    if (isForeign(bytes)) {
      throw DamagedFileException.foreign("it is no JSON object");
    }
    Map<String, String> values = new HashMap<>();
    try (JsonParser in = json.createParser(ObjectReadContext.empty(), text)) {
      if (in.nextToken() != JsonToken.START_OBJECT) {
        throw DamagedFileException.perhapsUnfinished("it is no JSON object");
      }
      while (in.nextToken() == JsonToken.PROPERTY_NAME) {
        String name = in.currentName();
        String value = value(name, in);
        if (value != null) {
          values.put(name, value);
        }
      }
      if (in.nextToken() != null) {
        throw DamagedFileException.because("something follows its JSON object");
      }
    } catch (JacksonException e) {
      throw DamagedFileException.perhapsUnfinished("it is no JSON" + where(e));
    }
    return file(values);
  }

  /** Whether it does not even begin as what an unfinished item begins with. */
  static boolean isForeign(byte[] bytes) {
    for (byte each : bytes) {
      if (" \t\r\n".indexOf(each) < 0) {
        return each != '{';
      }
    }
    return false;
  }

  private static @Nullable String value(String name, JsonParser in) throws DamagedFileException {
    JsonToken token = in.nextToken();
    switch (name) {
      case "data", "type", "cid", "stored_at", "expires_at", "origin", "sender" -> {
        if (token == JsonToken.VALUE_STRING) {
          return in.getString();
        }
        if (token != JsonToken.VALUE_NULL) {
          throw DamagedFileException.because("its '" + name + "' is no text");
        }
        return null;
      }
      case "format" -> {
        if (token != JsonToken.VALUE_NULL) {
          requireKnown(token == JsonToken.VALUE_NUMBER_INT ? in.getString() : "");
        }
        return null;
      }
      case "max_age" -> {
        if (token == JsonToken.VALUE_NUMBER_INT) {
          return in.getString();
        }
        in.skipChildren();
        return null;
      }
      default -> {
        in.skipChildren();
        return null;
      }
    }
  }

  private static void requireKnown(String digits) throws DamagedFileException {
    int format = 0;
    try {
      format = Integer.parseInt(digits);
    } catch (NumberFormatException e) {
      // Falls through to the message that serves both.
    }
    if (format < 1) {
      throw DamagedFileException.because("its 'format' is no number that formats have");
    }
    if (format > NEWEST) {
      throw DamagedFileException.laterFormat(format, NEWEST);
    }
  }

  private static ItemFile file(Map<String, String> values) throws DamagedFileException {
    return new ItemFile(
        bob(values),
        instant(values, "stored_at"),
        instant(values, "expires_at"),
        jid(values, "origin"),
        jid(values, "sender"));
  }

  private static Bob bob(Map<String, String> values) throws DamagedFileException {
    BobData data = data(required(values, "data"));
    String type = required(values, "type");
    String cid = required(values, "cid");
    ContentId id;
    try {
      id = ContentId.of(cid);
    } catch (IllegalArgumentException e) {
      throw DamagedFileException.because("its 'cid' is no content-id");
    }
    try {
      return new Bob(id, type, data, maxAge(values.get("max_age")));
    } catch (IllegalArgumentException e) {
      throw DamagedFileException.because("its 'type' is no media type");
    }
  }

  private static String required(Map<String, String> values, String name)
      throws DamagedFileException {
    String value = values.get(name);
    if (value == null) {
      throw DamagedFileException.because("it has no '" + name + "'");
    }
    return value;
  }

  private static BobData data(String base64) throws DamagedFileException {
    try {
      BobData data = BobData.fromBase64(base64);
      if (data.toBase64().equals(base64)) {
        return data;
      }
    } catch (IllegalArgumentException e) {
      // Falls through to the message that serves both.
    }
    throw DamagedFileException.because("its 'data' is no Base64 as RFC 4648 section 4 has it");
  }

  private static @Nullable Duration maxAge(@Nullable String digits) {
    if (digits == null || digits.startsWith("-")) {
      return null;
    }
    try {
      return Duration.ofSeconds(Long.parseLong(digits));
    } catch (NumberFormatException e) {
      return Duration.ofSeconds(Long.MAX_VALUE);
    }
  }

  private static @Nullable Instant instant(Map<String, String> values, String name)
      throws DamagedFileException {
    String text = values.get(name);
    if (text == null) {
      return null;
    }
    try {
      if (text.length() <= MAX_INSTANT) {
        return Instant.parse(text);
      }
    } catch (DateTimeException e) {
      // Falls through to the message that serves both.
    }
    throw DamagedFileException.because("its '" + name + "' is no time");
  }

  private static @Nullable Jid jid(Map<String, String> values, String name)
      throws DamagedFileException {
    String text = values.get(name);
    try {
      return text == null ? null : Jid.of(text);
    } catch (MalformedJidException e) {
      throw DamagedFileException.because("its '" + name + "' is no JID");
    }
  }

  private static String text(byte[] bytes) throws DamagedFileException {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      String reason = "it is not in UTF-8";
      throw isForeign(bytes)
          ? DamagedFileException.foreign(reason)
          : DamagedFileException.perhapsUnfinished(reason);
    }
  }

  /** Jackson's own messages quote the text, which may be private. */
  private static String where(JacksonException e) {
    TokenStreamLocation at = e.getLocation();
    return at == null ? "" : " at line " + at.getLineNr() + ", column " + at.getColumnNr();
  }
}
