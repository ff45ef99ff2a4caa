package dev.bobbin.xmpp.bob.testkit;

import dev.bobbin.xmpp.bob.BobData;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * What became of a file.
 *
 * @param what for the message of a failing test
 * @param bytes what it holds now
 */
record Damage(String what, BobData bytes) {
  /** Always the same, and told where a test fails. */
  private static final long SEED = 231;

  private static final int FLIPS = 12;
  private static final int APPENDED = 16;

  /** What disks, crashes and clumsy programs do to a file as a whole. */
  static List<Damage> ofWhole(byte[] file) {
    List<Damage> damages = new ArrayList<>();
    int length = file.length;
    Set<Integer> lengths =
        new LinkedHashSet<>(
            List.of(0, 1, length / 4, length / 2, length * 3 / 4, length - 2, length - 1));
    for (int kept : lengths) {
      if (kept >= 0 && kept < length) {
        damages.add(
            damage("cut to " + kept + " of " + length + " bytes", Arrays.copyOf(file, kept)));
      }
    }
    Random random = new Random(SEED);
    byte[] noise = new byte[length];
    random.nextBytes(noise);
    byte[] ones = new byte[length];
    Arrays.fill(ones, (byte) 0xFF);
    byte[] tail = new byte[APPENDED];
    random.nextBytes(tail);
    damages.add(damage("overwritten with zeros", new byte[length]));
    damages.add(damage("overwritten with ones", ones));
    damages.add(damage("overwritten with noise of the seed " + SEED, noise));
    damages.add(damage("appended to, noise of the seed " + SEED, joined(file, tail)));
    damages.add(damage("appended to, zeros", joined(file, new byte[APPENDED])));
    damages.add(damage("appended to, itself", joined(file, file)));
    damages.removeIf(damage -> damage.bytes.equals(BobData.of(file)));
    return damages;
  }

  /** What no store can take for an item, whatever its format. */
  static List<Damage> beyondDoubt(byte[] file) {
    return ofWhole(file).stream()
        .filter(damage -> damage.bytes.size() == 0 || damage.what.startsWith("overwritten"))
        .toList();
  }

  /** What only a checksum tells: single bits, and a block of zeros in the middle. */
  static List<Damage> ofParts(byte[] file) {
    List<Damage> damages = new ArrayList<>();
    int length = file.length;
    Random random = new Random(SEED);
    for (int i = 0; i < FLIPS && length > 0; i++) {
      // Spread evenly, since most of a file may be an item's data.
      int at = (int) ((i + random.nextDouble()) * length / FLIPS);
      int bit = random.nextInt(8);
      byte[] flipped = file.clone();
      flipped[at] ^= (byte) (1 << bit);
      damages.add(damage("with bit " + bit + " of byte " + at + " flipped", flipped));
    }
    byte[] hole = file.clone();
    Arrays.fill(hole, length / 3, length * 2 / 3, (byte) 0);
    if (!Arrays.equals(hole, file)) {
      damages.add(damage("with zeros in the middle", hole));
    }
    return damages;
  }

  private static Damage damage(String what, byte[] bytes) {
    return new Damage(what, BobData.of(bytes));
  }

  private static byte[] joined(byte[] first, byte[] second) {
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }
}
