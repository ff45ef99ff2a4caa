package dev.bobbin.xmpp.core;

/**
 * Somebody who knows the password of an account when it is needed: a keyring, a vault, a person.
 *
 * <p>Asked once for each attempt to log in, after TLS has shown who the server is and a mechanism
 * was chosen, and before anything is said about the account's password; not asked when it does not
 * come to that. It runs on the thread that logs in and may block: {@link XmppClient#connect()}
 * fails after the time for one step ({@link XmppClientBuilder#stepTimeout}), and that thread waits
 * until the source returns. What it throws fails {@code connect()} with that as the cause.
 */
@FunctionalInterface
public interface PasswordSource {
  /**
   * Gives the password.
   *
   * @return an array of its own, which is wiped after use; never null
   * @throws Exception when the password is not to be had
   */
  char[] password() throws Exception;
}
