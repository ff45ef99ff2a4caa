package dev.bobbin.xmpp.caps;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What fits into an amount of memory; what was not used for the longest time makes room. Safe for
 * use by several threads; its monitor is held for a few steps only.
 */
final class BoundedMap<K, V> {
  private record Weighed<V>(V value, long weight) {}

  private final long most;
  private final Map<K, Weighed<V>> entries = new LinkedHashMap<>(16, 0.75f, true);
  private long weight;

  BoundedMap(long most) {
    this.most = most;
  }

  synchronized @Nullable V get(K key) {
    Weighed<V> found = entries.get(key);
    return found == null ? null : found.value();
  }

  /** One that weighs more than all room is not kept, and what stood there is gone. */
  synchronized void put(K key, V value, long itsWeight) {
    remove(key);
    if (itsWeight > most) {
      return;
    }
    entries.put(key, new Weighed<>(value, itsWeight));
    weight += itsWeight;
    Iterator<Weighed<V>> oldest = entries.values().iterator();
    while (weight > most) {
      weight -= oldest.next().weight();
      oldest.remove();
    }
  }

  synchronized @Nullable V remove(K key) {
    Weighed<V> removed = entries.remove(key);
    if (removed == null) {
      return null;
    }
    weight -= removed.weight();
    return removed.value();
  }

  synchronized void clear() {
    entries.clear();
    weight = 0;
  }

  synchronized int size() {
    return entries.size();
  }
}
