package dev.bobbin.testservers;

/** The servers that there are, so that a test can run on each of them. */
public enum ServerSoftware {
  /** {@link ProsodyServer}. */
  PROSODY("prosody", "Prosody"),
  /** {@link EjabberdServer}. */
  EJABBERD("ejabberd", "ejabberd");

  private final String requirement;
  private final String title;

  ServerSoftware(String requirement, String title) {
    this.requirement = requirement;
    this.title = title;
  }

  /** Goes on only where it is installed, as {@link ServerRequirement#require} says. */
  public void require() {
    ServerRequirement.require(requirement);
  }

  /**
   * Begins a server.
   *
   * @param domain the domain that it serves: letters, digits, hyphens and dots
   * @return a builder
   * @throws IllegalArgumentException when it is no such domain
   */
  public RealServerBuilder<? extends RealServer> builder(String domain) {
    return switch (this) {
      case PROSODY -> ProsodyServer.builder(domain);
      case EJABBERD -> EjabberdServer.builder(domain);
    };
  }

  /** Its name as its makers write it. */
  @Override
  public String toString() {
    return title;
  }
}
