/** A bounded store of Bits of Binary in memory, which serves when nothing else was found. */
@NullMarked
package dev.bobbin.store.memory;

import org.jspecify.annotations.NullMarked;
