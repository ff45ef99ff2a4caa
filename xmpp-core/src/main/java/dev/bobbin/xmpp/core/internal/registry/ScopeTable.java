package dev.bobbin.xmpp.core.internal.registry;

import dev.bobbin.xmpp.api.registry.ApiScope;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * An immutable hash table from scopes to values.
 *
 * <p>A change copies the array of buckets, not the entries, and there are several entries to a
 * bucket: about a byte is copied for each scope, so that a component can register a handler for
 * each of the many thousand JIDs that it serves.
 */
final class ScopeTable<V> {
  private static final int FEWEST_BUCKETS = 1;
  private static final int LONGEST_ON_AVERAGE = 8;

  private final @Nullable Node<V>[] buckets;
  private final int size;

  private ScopeTable(@Nullable Node<V>[] buckets, int size) {
    this.buckets = buckets;
    this.size = size;
  }

  static <V> ScopeTable<V> empty() {
    return new ScopeTable<>(newBuckets(FEWEST_BUCKETS), 0);
  }

  int size() {
    return size;
  }

  @Nullable V get(ApiScope scope) {
    int hash = spread(scope);
    for (Node<V> node = buckets[hash & (buckets.length - 1)]; node != null; node = node.next) {
      if (node.hash == hash && node.scope.equals(scope)) {
        return node.value;
      }
    }
    return null;
  }

  /** A copy where the scope has that value, or none when it is null. */
  ScopeTable<V> with(ApiScope scope, @Nullable V value) {
    int hash = spread(scope);
    int index = hash & (buckets.length - 1);
    int newSize = size;
    Node<V> bucket = null;
    for (Node<V> node = buckets[index]; node != null; node = node.next) {
      if (node.hash == hash && node.scope.equals(scope)) {
        newSize--;
      } else {
        bucket = new Node<>(node.hash, node.scope, node.value, bucket);
      }
    }
    if (value != null) {
      newSize++;
      bucket = new Node<>(hash, scope, value, bucket);
    }
    @Nullable Node<V>[] copy = buckets.clone();
    copy[index] = bucket;
    return fitted(copy, newSize);
  }

  /** A copy with what the function makes of each value; null takes the scope away. */
  ScopeTable<V> map(Function<V, @Nullable V> change) {
    @Nullable Node<V>[] copy = newBuckets(buckets.length);
    int newSize = 0;
    for (int i = 0; i < buckets.length; i++) {
      for (Node<V> node = buckets[i]; node != null; node = node.next) {
        V value = change.apply(node.value);
        if (value != null) {
          copy[i] = new Node<>(node.hash, node.scope, value, copy[i]);
          newSize++;
        }
      }
    }
    return fitted(copy, newSize);
  }

  /** The gap between growing and shrinking keeps a table from being resized to and fro. */
  private static <V> ScopeTable<V> fitted(@Nullable Node<V>[] buckets, int size) {
    int length = buckets.length;
    while (length < size / LONGEST_ON_AVERAGE) {
      length *= 2;
    }
    while (length > FEWEST_BUCKETS && length > size / (LONGEST_ON_AVERAGE / 4)) {
      length /= 2;
    }
    if (length == buckets.length) {
      return new ScopeTable<>(buckets, size);
    }
    @Nullable Node<V>[] moved = newBuckets(length);
    for (Node<V> first : buckets) {
      for (Node<V> node = first; node != null; node = node.next) {
        int index = node.hash & (length - 1);
        moved[index] = new Node<>(node.hash, node.scope, node.value, moved[index]);
      }
    }
    return new ScopeTable<>(moved, size);
  }

  /** The high bits count too: a bucket is chosen by the low ones, its number being a mask. */
  private static int spread(ApiScope scope) {
    int hash = scope.hashCode();
    return hash ^ (hash >>> 16);
  }

  @SuppressWarnings({"unchecked", "rawtypes"}) // An array of a generic type has no other way.
  private static <V> @Nullable Node<V>[] newBuckets(int length) {
    return new Node[length];
  }

  private static final class Node<V> {
    final int hash;
    final ApiScope scope;
    final V value;
    final @Nullable Node<V> next;

    Node(int hash, ApiScope scope, V value, @Nullable Node<V> next) {
      this.hash = hash;
      this.scope = scope;
      this.value = value;
      this.next = next;
    }
  }
}
