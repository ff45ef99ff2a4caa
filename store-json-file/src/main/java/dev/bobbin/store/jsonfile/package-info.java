/**
 * A crash-safe store of Bits of Binary: one JSON file for each content-id, in a directory that a
 * Python program may share.
 */
@NullMarked
package dev.bobbin.store.jsonfile;

import org.jspecify.annotations.NullMarked;
