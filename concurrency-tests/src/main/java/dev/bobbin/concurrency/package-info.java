/**
 * Tests of what two threads may see. Each class is one pair of operations on one registry; its
 * outcomes are the names of the handlers that a call then reached, outermost first. Or, where its
 * name begins with {@code Store}, on one store in memory; then they are the names of what is there.
 */
@NullMarked
package dev.bobbin.concurrency;

import org.jspecify.annotations.NullMarked;
