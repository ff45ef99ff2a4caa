/**
 * The internal API: every storage or policy decision of a plugin as a typed method, whose handler
 * can be replaced at run time for everything, for one node, for one JID, or for one JID and node.
 */
@NullMarked
package dev.bobbin.xmpp.api.registry;

import org.jspecify.annotations.NullMarked;
