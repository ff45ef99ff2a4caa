package dev.bobbin.xmpp.disco;

import dev.bobbin.xmpp.api.plugin.Settings;
import java.util.List;

/** What a client is by its settings: a bot, unless they say something else. */
final class IdentitySettings {
  private static final String CATEGORY = "identity-category";
  private static final String TYPE = "identity-type";
  private static final String NAME = "identity-name";
  private static final List<String> KEYS = List.of(CATEGORY, TYPE, NAME);

  private IdentitySettings() {}

  static Identity read(Settings settings) {
    settings.requireKnown(KEYS);
    for (String key : settings.keys()) {
      if (settings.text(key).filter(String::isEmpty).isPresent()) {
        throw new IllegalArgumentException(
            "Setting '"
                + key
                + "' of "
                + DiscoPlugin.NAME
                + " is ''; it takes a text that is not empty (docs/errors.md#bad-setting)");
      }
    }
    return new Identity(
        settings.text(CATEGORY).orElse("client"),
        settings.text(TYPE).orElse("bot"),
        settings.text(NAME).orElse(null));
  }
}
