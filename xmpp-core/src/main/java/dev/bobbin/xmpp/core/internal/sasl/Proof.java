package dev.bobbin.xmpp.core.internal.sasl;

/** By what a client shows who it is, and how messages speak of it. */
enum Proof {
  PASSWORD("a password", "XmppClient.builder(account, password)", "Check user name and password"),
  CERTIFICATE(
      "a client certificate",
      "XmppClient.external(account)",
      "See that the client has a certificate, and that the server takes it for this account"),
  NOTHING(
      "nothing", "XmppClient.anonymous(domain)", "The server lets nobody in who has no account");

  private final String words;
  private final String beginning;
  private final String adviceOnRefusal;

  Proof(String words, String beginning, String adviceOnRefusal) {
    this.words = words;
    this.beginning = beginning;
    this.adviceOnRefusal = adviceOnRefusal;
  }

  String words() {
    return words;
  }

  /** How a client that has it is begun. */
  String beginning() {
    return beginning;
  }

  /** What to do when the server does not take it. */
  String adviceOnRefusal() {
    return adviceOnRefusal;
  }
}
