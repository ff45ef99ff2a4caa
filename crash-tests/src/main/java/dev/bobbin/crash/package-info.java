/** Processes that are killed, or that share one place, and what is found in a store afterwards. */
@NullMarked
package dev.bobbin.crash;

import org.jspecify.annotations.NullMarked;
