package dev.bobbin.xmpp.disco;

import dev.bobbin.xmpp.api.registry.Registration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * What was added by several, and not taken back yet. Of what has the same key the latest counts, in
 * the place of the first, and taking one back, in any order, brings out what it covered: as with
 * the handlers of one scope.
 *
 * <p>Copied on write: things are added a few times in a client's life, and read for each question.
 */
final class Additions<K, V> {
  private final List<Addition<K, V>> added = new CopyOnWriteArrayList<>();
  private final Runnable changed;

  /** No record: two of the same are two, so that each is taken back by itself. */
  private static final class Addition<K, V> {
    final K key;
    final V value;

    Addition(K key, V value) {
      this.key = key;
      this.value = value;
    }
  }

  /** Has somebody told after something was added or taken back. */
  Additions(Runnable changed) {
    this.changed = changed;
  }

  Registration add(K key, V value) {
    Addition<K, V> addition = new Addition<>(key, value);
    added.add(addition);
    changed.run();
    return () -> {
      if (added.remove(addition)) {
        changed.run();
      }
    };
  }

  /** Puts them upon what a map has already. */
  void putInto(Map<K, V> covered) {
    added.forEach(addition -> covered.put(addition.key, addition.value));
  }

  Map<K, V> byKey() {
    Map<K, V> values = new LinkedHashMap<>();
    putInto(values);
    return values;
  }

  void clear() {
    added.clear();
  }
}
