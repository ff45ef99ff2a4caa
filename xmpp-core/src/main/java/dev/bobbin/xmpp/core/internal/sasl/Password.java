package dev.bobbin.xmpp.core.internal.sasl;

import java.util.Arrays;

/**
 * A password that no log shows: one that is kept, or somebody who knows it. Safe for use by several
 * threads as far as the source is.
 */
public final class Password {
  private final Source source;

  /** Who knows a password. */
  @FunctionalInterface
  public interface Source {
    /**
     * Gives the password.
     *
     * @return an array that the caller may wipe
     * @throws Exception when it is not to be had
     */
    char[] password() throws Exception;
  }

  private Password(Source source) {
    this.source = source;
  }

  /**
   * Keeps a password.
   *
   * @param characters the password; copied
   * @return the password
   */
  public static Password of(char[] characters) {
    char[] kept = characters.clone();
    return new Password(kept::clone);
  }

  /**
   * Asks for a password each time.
   *
   * @param source whom to ask
   * @return the password
   */
  public static Password from(Source source) {
    return new Password(source);
  }

  /**
   * The password, prepared by SASLprep.
   *
   * @return an array that the caller wipes
   * @throws SaslException when it cannot be prepared, or the source failed, which is its cause then
   */
  char[] prepared() throws SaslException {
    char[] raw = ask();
    try {
      return SaslPrep.password(raw);
    } finally {
      Arrays.fill(raw, '\0');
    }
  }

  private char[] ask() throws SaslException {
    char[] raw;
    try {
      raw = source.password();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SaslException("the password source was interrupted", e);
    } catch (Exception e) {
      // Its message may hold anything; the application finds it in the cause.
      throw new SaslException("the password source threw " + e.getClass().getName(), e);
    }
    if (raw == null) {
      throw new SaslException("the password source gave null instead of a password");
    }
    return raw;
  }

  @Override
  public String toString() {
    return "(password)";
  }
}
