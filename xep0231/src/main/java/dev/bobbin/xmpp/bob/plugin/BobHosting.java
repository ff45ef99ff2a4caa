package dev.bobbin.xmpp.bob.plugin;

import dev.bobbin.xmpp.api.jid.Jid;
import dev.bobbin.xmpp.api.plugin.PluginContext;
import dev.bobbin.xmpp.api.registry.ApiTarget;
import dev.bobbin.xmpp.api.stanza.Message;
import dev.bobbin.xmpp.api.stanza.Presence;
import dev.bobbin.xmpp.api.stanza.Stanza;
import dev.bobbin.xmpp.api.xml.XmlElement;
import dev.bobbin.xmpp.bob.Bob;
import dev.bobbin.xmpp.bob.BobData;
import dev.bobbin.xmpp.bob.BobKey;
import dev.bobbin.xmpp.bob.BobMethods;
import dev.bobbin.xmpp.bob.ContentId;
import dev.bobbin.xmpp.bob.StoredBob;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What one JID of ours hosts for peers to fetch. An ordinary client has one such JID, its own, and
 * finds these methods on {@link BobPlugin} as well; a gateway has many.
 *
 * <p>Fetching is no part of it: a client asks peers as itself.
 *
 * <p>Each method is a call of the internal API about that JID, so what is registered there for the
 * JID decides where its data is; without that, all JIDs share the store of the plugin.
 *
 * <p>Thread-safe; never blocks. Once the plugin is off, futures complete exceptionally with {@link
 * dev.bobbin.xmpp.api.registry.NoHandlerException}.
 */
public final class BobHosting {
  private final PluginContext context;
  private final BobSettings settings;
  private final Shelves shelves;
  private final Supplier<Jid> jid;

  BobHosting(PluginContext context, BobSettings settings, Shelves shelves, Supplier<Jid> jid) {
    this.context = context;
    this.settings = settings;
    this.shelves = shelves;
    this.jid = jid;
  }

  /**
   * Hosts bytes under the hash that the setting {@code algorithm} names.
   *
   * @param data the bytes, from 1 to {@code max-item-bytes}
   * @param type their media type
   * @return the content-id that peers fetch them by; completes exceptionally with {@link
   *     IllegalArgumentException} when they are too many or none, or the type is none, or with what
   *     the handler of {@link BobMethods#SET_BOB} failed with
   */
  public CompletableFuture<ContentId> set(byte[] data, String type) {
    try {
      return set(Bob.of(settings.algorithm(), BobData.of(data), type));
    } catch (IllegalArgumentException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  /**
   * Hosts a bit of binary as it is, until it is deleted; its {@code max-age} is sent to peers and
   * ages nothing here.
   *
   * @param bob the bit of binary
   * @return its content-id; completes exceptionally as {@link #set(byte[], String)} does, and with
   *     {@link IllegalArgumentException} when the hash in its content-id is not that of its bytes
   */
  public CompletableFuture<ContentId> set(Bob bob) {
    return host(bob, null);
  }

  /**
   * Hosts a bit of binary for some time.
   *
   * @param bob the bit of binary
   * @param lifetime for how long, from now on; positive. One without an end, such as that of {@code
   *     ChronoUnit.FOREVER}, is none
   * @return its content-id; completes exceptionally as {@link #set(Bob)} does, and with {@link
   *     IllegalArgumentException} when the lifetime is not positive
   */
  public CompletableFuture<ContentId> set(Bob bob, Duration lifetime) {
    if (lifetime.isNegative() || lifetime.isZero()) {
      return CompletableFuture.failedFuture(
          new IllegalArgumentException(
              "A lifetime of " + lifetime + " is none; host it without, or for a positive time"));
    }
    return host(bob, end(lifetime));
  }

  /** A life longer than there are instants is one without an end. */
  private @Nullable Instant end(Duration lifetime) {
    try {
      return context.clock().instant().plus(lifetime);
    } catch (DateTimeException | ArithmeticException e) {
      return null;
    }
  }

  private CompletableFuture<ContentId> host(Bob bob, @Nullable Instant expiresAt) {
    Objects.requireNonNull(bob, "bob");
    try {
      check(bob);
    } catch (IllegalArgumentException e) {
      return CompletableFuture.failedFuture(e);
    }
    Instant now = context.clock().instant();
    StoredBob item = new StoredBob(BobKey.hosted(bob.cid()), bob, now, expiresAt, null);
    return context.api().call(BobMethods.SET_BOB, target(), item).thenApply(BobKey::cid);
  }

  /** What peers would reject is not hosted. */
  void check(Bob bob) {
    int size = bob.data().size();
    if (size == 0) {
      throw new IllegalArgumentException(
          "A bit of binary has at least one byte: peers take an element without any for no data"
              + " (docs/errors.md#no-bytes)");
    }
    if (size > settings.maxItemBytes()) {
      throw new IllegalArgumentException(
          size
              + " bytes are too many for a bit of binary; the bound is "
              + settings.maxItemBytes()
              + ". Send larger data by file transfer (docs/errors.md#too-large)");
    }
    if (bob.cid().isVerifiable() && !bob.cid().matches(bob.data())) {
      throw new IllegalArgumentException(
          "The hash in '"
              + bob.cid()
              + "' is not that of the data: peers would reject it (docs/errors.md#hash-mismatch)");
    }
  }

  /**
   * Looks for what this JID hosts.
   *
   * @param cid its content-id
   * @return the bit of binary, empty when it is not hosted; completes exceptionally with what the
   *     handler of {@link BobMethods#GET_BOB} failed with
   */
  public CompletableFuture<Optional<Bob>> get(ContentId cid) {
    return shelves.find(target(), BobKey.hosted(cid));
  }

  /**
   * Stops hosting a bit of binary.
   *
   * @param cid its content-id
   * @return whether it was hosted; completes exceptionally with what the handler of {@link
   *     BobMethods#DEL_BOB} failed with
   */
  public CompletableFuture<Boolean> delete(ContentId cid) {
    return context.api().call(BobMethods.DEL_BOB, target(), BobKey.hosted(cid));
  }

  /**
   * Hosts data that a message from this JID refers to, and pushes in the message what of it is
   * small (XEP-0231 section 2.1): then its receiver need not ask. The reference itself, such as
   * {@link ContentId#uri()} in markup, is the application's to write.
   *
   * <p>What is hosted already, with the same bytes, is left as it is: with its media type, its
   * {@code max-age}, and the lifetime that {@link #set(Bob, Duration)} gave it. So a message costs
   * a look-up, and a write only the first time.
   *
   * @param message the message that refers to the data
   * @param bobs the data
   * @return the message, with a {@code data} element more for each that has fewer bytes than {@code
   *     push-bytes}, as long as all of them together have no more than {@code max-item-bytes};
   *     completes exceptionally as {@link #set(Bob)} does, or with what the handler of {@link
   *     BobMethods#GET_BOB} failed with; and where one of the data is too large or has another
   *     hash, nothing of them is hosted
   */
  public CompletableFuture<Message> attach(Message message, Bob... bobs) {
    return attach(message, Message::withChild, bobs);
  }

  /**
   * Hosts data that a presence refers to, and pushes in the presence what of it is small.
   *
   * @param presence the presence that refers to the data
   * @param bobs the data
   * @return the presence with what is pushed, as {@link #attach(Message, Bob...)} says
   */
  public CompletableFuture<Presence> attach(Presence presence, Bob... bobs) {
    return attach(presence, Presence::withChild, bobs);
  }

  private <S extends Stanza> CompletableFuture<S> attach(
      S stanza, BiFunction<S, XmlElement, S> withChild, Bob... bobs) {
    Objects.requireNonNull(stanza, "stanza");
    return new Attaching(this, settings)
        .attach(List.of(bobs))
        .thenApply(
            pushed -> {
              S attached = stanza;
              for (XmlElement data : pushed) {
                attached = withChild.apply(attached, data);
              }
              return attached;
            });
  }

  private ApiTarget target() {
    return ApiTarget.of(jid.get());
  }
}
