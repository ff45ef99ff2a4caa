/** A store of bits of binary in SQLite. */
@NullMarked
package org.example.store.jdbc;

import org.jspecify.annotations.NullMarked;
