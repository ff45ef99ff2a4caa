package dev.bobbin.packaging;

/** Names shared by the tests of what is chosen. */
final class StoreChoice {
  static final String PROBE = "dev.bobbin.packaging.StoreProbe";

  private StoreChoice() {}
}
