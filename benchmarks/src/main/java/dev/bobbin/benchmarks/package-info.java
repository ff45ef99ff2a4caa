/** The end-to-end benchmark, run by hand. */
@NullMarked
package dev.bobbin.benchmarks;

import org.jspecify.annotations.NullMarked;
