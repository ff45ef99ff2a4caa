package dev.bobbin.packaging;

import java.util.List;

/**
 * A row of the table: what is on the path and said, and what comes of it.
 *
 * @param what the case in words
 * @param jars the stores' jars on the path, besides all that every program has
 * @param options system properties, as {@code -Dkey=value}, and arguments of {@link StoreProbe}
 * @param store the store that is chosen; null when there is an error
 * @param error the error, or what using the store gives; three dots stand for anything
 * @param isForModules whether it makes sense on the module path as well
 */
record StoreChoice(
    String what,
    List<String> jars,
    List<String> options,
    String store,
    String error,
    boolean isForModules) {
  /** On a path with these jars, separated by blanks. */
  static StoreChoice path(String what, String jars) {
    return new StoreChoice(
        what, jars.isEmpty() ? List.of() : List.of(jars.split(" ")), List.of(), null, "", true);
  }

  StoreChoice with(String... newOptions) {
    return new StoreChoice(what, jars, List.of(newOptions), store, error, isForModules);
  }

  StoreChoice gives(String newStore) {
    return gives(newStore, "true");
  }

  StoreChoice gives(String newStore, String works) {
    return new StoreChoice(what, jars, options, newStore, works, isForModules);
  }

  StoreChoice fails(String message) {
    return new StoreChoice(
        what,
        jars,
        options,
        null,
        "The plugin 'xep_0231' cannot be turned on: " + message,
        isForModules);
  }

  StoreChoice onTheClassPathOnly() {
    return new StoreChoice(what, jars, options, store, error, false);
  }

  @Override
  public String toString() {
    return what;
  }
}
