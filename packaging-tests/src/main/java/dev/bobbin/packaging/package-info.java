/** Programs that the tests start in JVMs of their own. */
@NullMarked
package dev.bobbin.packaging;

import org.jspecify.annotations.NullMarked;
