package dev.bobbin.interop;

import java.io.StringWriter;
import java.util.HashMap;
import java.util.Map;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** A JSON object whose values are texts. */
final class FlatJson {
  private static final JsonFactory JSON = new JsonFactory();

  private FlatJson() {}

  static String write(Map<String, String> members) {
    StringWriter text = new StringWriter();
    try (JsonGenerator out = JSON.createGenerator(ObjectWriteContext.empty(), text)) {
      out.writeStartObject();
      members.forEach(out::writeStringProperty);
      out.writeEndObject();
    }
    return text.toString();
  }

  static Map<String, String> read(String text) {
    Map<String, String> members = new HashMap<>();
    try (JsonParser in = JSON.createParser(ObjectReadContext.empty(), text)) {
      in.nextToken();
      while (in.nextToken() == JsonToken.PROPERTY_NAME) {
        String name = in.currentName();
        in.nextToken();
        members.put(name, in.getString());
      }
    }
    return members;
  }
}
