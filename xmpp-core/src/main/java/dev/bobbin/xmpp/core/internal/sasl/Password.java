package dev.bobbin.xmpp.core.internal.sasl;

/** A password that no log shows. */
public final class Password {
  private final char[] characters;

  /**
   * Copies a password.
   *
   * @param characters the password
   */
  public Password(char[] characters) {
    this.characters = characters.clone();
  }

  /**
   * The password.
   *
   * @return a copy, which the caller wipes
   */
  public char[] characters() {
    return characters.clone();
  }

  @Override
  public String toString() {
    return "(password)";
  }
}
