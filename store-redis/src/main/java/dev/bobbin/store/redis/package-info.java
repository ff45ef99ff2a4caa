/**
 * Bits of Binary in Redis, one key for each item, under the name {@code redis}: found by {@link
 * java.util.ServiceLoader}.
 */
@NullMarked
package dev.bobbin.store.redis;

import org.jspecify.annotations.NullMarked;
