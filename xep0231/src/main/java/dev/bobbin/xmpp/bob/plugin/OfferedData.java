package dev.bobbin.xmpp.bob.plugin;

import dev.bobbin.xmpp.bob.BobOffer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Data that came and is not decoded yet: all that is held of it while the application decides. It
 * refers to nothing of the stanza, which may be far larger.
 *
 * @param offer what its sender says of it
 * @param maxAge for how long the sender suggests to keep it; null for no suggestion
 * @param base64 what may be Base64, without white space and no longer than the offer's size allows
 */
record OfferedData(BobOffer offer, @Nullable Duration maxAge, String base64) {}
