package dev.bobbin.xmpp.core.internal.registry;

import dev.bobbin.xmpp.api.registry.ApiScope;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * An immutable hash table from scopes to values.
 *
 * <p>A change copies the array of buckets, not the entries: one pointer a scope instead of one
 * object, so that a component can register a handler for each of the many thousand JIDs that it
 * serves.
 */
final class ScopeTable<V> {
  private static final int FEWEST_BUCKETS = 4;

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
    for (Node<V> node = buckets[index(scope, buckets.length)]; node != null; node = node.next) {
      if (node.scope.equals(scope)) {
        return node.value;
      }
    }
    return null;
  }

  /** A copy where the scope has that value, or none when it is null. */
  ScopeTable<V> with(ApiScope scope, @Nullable V value) {
    int index = index(scope, buckets.length);
    int newSize = size;
    Node<V> bucket = null;
    for (Node<V> node = buckets[index]; node != null; node = node.next) {
      if (node.scope.equals(scope)) {
        newSize--;
      } else {
        bucket = new Node<>(node.scope, node.value, bucket);
      }
    }
    if (value != null) {
      newSize++;
      bucket = new Node<>(scope, value, bucket);
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
          copy[i] = new Node<>(node.scope, value, copy[i]);
          newSize++;
        }
      }
    }
    return fitted(copy, newSize);
  }

  /** One to four buckets a scope when it grows; the gap keeps a table from resizing to and fro. */
  private static <V> ScopeTable<V> fitted(@Nullable Node<V>[] buckets, int size) {
    int length = buckets.length;
    while (length < size) {
      length *= 2;
    }
    while (length > FEWEST_BUCKETS && length / 4 > size) {
      length /= 2;
    }
    if (length == buckets.length) {
      return new ScopeTable<>(buckets, size);
    }
    @Nullable Node<V>[] moved = newBuckets(length);
    for (Node<V> first : buckets) {
      for (Node<V> node = first; node != null; node = node.next) {
        int index = index(node.scope, length);
        moved[index] = new Node<>(node.scope, node.value, moved[index]);
      }
    }
    return new ScopeTable<>(moved, size);
  }

  private static int index(ApiScope scope, int length) {
    int hash = scope.hashCode();
    return (hash ^ (hash >>> 16)) & (length - 1); // The length is a power of two.
  }

  @SuppressWarnings({"unchecked", "rawtypes"}) // An array of a generic type has no other way.
  private static <V> @Nullable Node<V>[] newBuckets(int length) {
    return new Node[length];
  }

  private static final class Node<V> {
    final ApiScope scope;
    final V value;
    final @Nullable Node<V> next;

    Node(ApiScope scope, V value, @Nullable Node<V> next) {
      this.scope = scope;
      this.value = value;
      this.next = next;
    }
  }
}
