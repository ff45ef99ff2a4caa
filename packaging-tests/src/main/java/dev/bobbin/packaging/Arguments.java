package dev.bobbin.packaging;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A program's arguments, each {@code key=value}. */
final class Arguments {
  private final Map<String, String> values = new LinkedHashMap<>();

  Arguments(String... arguments) {
    for (String argument : arguments) {
      int equals = argument.indexOf('=');
      if (equals < 0) {
        throw new IllegalArgumentException("an argument is KEY=VALUE, not '" + argument + "'");
      }
      values.put(argument.substring(0, equals), argument.substring(equals + 1));
    }
  }

  Optional<String> get(String key) {
    return Optional.ofNullable(values.get(key));
  }

  String need(String key) {
    return get(key).orElseThrow(() -> new IllegalArgumentException(key + "=... is missing"));
  }

  /** Those whose keys begin so, without that. */
  Map<String, String> behind(String prefix) {
    Map<String, String> found = new LinkedHashMap<>();
    values.forEach(
        (key, value) -> {
          if (key.startsWith(prefix)) {
            found.put(key.substring(prefix.length()), value);
          }
        });
    return found;
  }
}
