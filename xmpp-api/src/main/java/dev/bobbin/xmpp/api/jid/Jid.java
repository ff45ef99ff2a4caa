package dev.bobbin.xmpp.api.jid;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An XMPP address, {@code local@domain/resource}, in its prepared form (<a
 * href="https://www.rfc-editor.org/rfc/rfc7622">RFC 7622</a>): two JIDs are equal when their
 * prepared parts are.
 *
 * <p>A JID without a resource is <em>bare</em>, one with a resource is <em>full</em>. Each part is
 * at most 1023 bytes of UTF-8. Immutable and safe for use by several threads.
 *
 * <p>What this does not do: the whole of PRECIS and IDNA2008. The Unicode tables are the JDK's, and
 * {@code docs/jid.md} lists where the outcome differs from RFC 7622.
 */
public final class Jid implements Comparable<Jid> {
  private final @Nullable String local;
  private final String domain;
  private final @Nullable String resource;
  private final String text;

  private Jid(@Nullable String local, String domain, @Nullable String resource) {
    this.local = local;
    this.domain = domain;
    this.resource = resource;
    this.text = joined(local, domain, resource);
  }

  /**
   * Reads an address.
   *
   * @param text {@code [local@]domain[/resource]}
   * @return the address, with each part prepared
   * @throws MalformedJidException when a part is empty, too long or holds what RFC 7622 forbids
   */
  public static Jid of(String text) {
    Objects.requireNonNull(text, "text");
    if (text.length() > JidParts.MAX_CHARS) {
      throw new MalformedJidException(text, "it is longer than three parts of 1023 bytes");
    }
    int slash = text.indexOf('/');
    String resource = slash < 0 ? null : text.substring(slash + 1);
    String bare = slash < 0 ? text : text.substring(0, slash);
    int at = bare.indexOf('@');
    String local = at < 0 ? null : bare.substring(0, at);
    String domain = at < 0 ? bare : bare.substring(at + 1);
    return prepared(text, local, domain, resource);
  }

  /**
   * Makes an address of its parts.
   *
   * @param local the local part, or null for none
   * @param domain the domain part
   * @param resource the resource part, or null for none
   * @return the address, with each part prepared
   * @throws MalformedJidException when a part is empty, too long or holds what RFC 7622 forbids
   */
  public static Jid of(@Nullable String local, String domain, @Nullable String resource) {
    Objects.requireNonNull(domain, "domain");
    return prepared(joined(local, domain, resource), local, domain, resource);
  }

  private static String joined(@Nullable String local, String domain, @Nullable String resource) {
    return (local == null ? "" : local + '@') + domain + (resource == null ? "" : '/' + resource);
  }

  private static Jid prepared(
      String whole, @Nullable String local, String domain, @Nullable String resource) {
    return new Jid(
        local == null ? null : JidParts.local(whole, local),
        JidParts.domain(whole, domain),
        resource == null ? null : JidParts.resource(whole, resource));
  }

  /**
   * The part before the {@code @}, absent for a server or a component.
   *
   * @return the local part
   */
  public Optional<String> local() {
    return Optional.ofNullable(local);
  }

  /**
   * The domain, always there.
   *
   * @return the domain part
   */
  public String domain() {
    return domain;
  }

  /**
   * The part after the first slash, absent in a bare JID.
   *
   * @return the resource part
   */
  public Optional<String> resource() {
    return Optional.ofNullable(resource);
  }

  /**
   * Whether there is no resource.
   *
   * @return true for {@code local@domain} and for {@code domain}
   */
  public boolean isBare() {
    return resource == null;
  }

  /**
   * Whether there is a resource.
   *
   * @return true for {@code local@domain/resource} and for {@code domain/resource}
   */
  public boolean isFull() {
    return resource != null;
  }

  /**
   * This address without its resource.
   *
   * @return the bare JID, this one if it is bare already
   */
  public Jid bare() {
    return resource == null ? this : new Jid(local, domain, null);
  }

  /**
   * This address with another resource.
   *
   * @param newResource the resource part
   * @return the full JID
   * @throws MalformedJidException when the resource is empty, too long or not allowed
   */
  public Jid withResource(String newResource) {
    Objects.requireNonNull(newResource, "newResource");
    String whole = joined(local, domain, newResource);
    return new Jid(local, domain, JidParts.resource(whole, newResource));
  }

  @Override
  public int compareTo(Jid other) {
    return text.compareTo(other.text);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Jid that
        && text.equals(that.text)
        && Objects.equals(local, that.local)
        && domain.equals(that.domain);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  /**
   * The address as it stands in a stanza.
   *
   * @return {@code [local@]domain[/resource]}
   */
  @Override
  public String toString() {
    return text;
  }
}
