/** Code outside of the registry's own packages, as an application's is. */
package dev.bobbin.xmpp.core.internal.registry.app;
