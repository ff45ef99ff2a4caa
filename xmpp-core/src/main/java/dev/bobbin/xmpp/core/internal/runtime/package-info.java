/** The threads that everything runs on. */
@NullMarked
package dev.bobbin.xmpp.core.internal.runtime;

import org.jspecify.annotations.NullMarked;
