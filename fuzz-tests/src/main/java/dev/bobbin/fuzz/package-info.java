/** What is tried with hostile input, and what tries it. */
@NullMarked
package dev.bobbin.fuzz;

import org.jspecify.annotations.NullMarked;
