package dev.bobbin.store.jsonfile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bobbin.xmpp.bob.Bob;
import dev.bobbin.xmpp.bob.BobKey;
import dev.bobbin.xmpp.bob.StoredBob;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The walk-through's loader and this store on one directory, both ways. */
class PythonSharesDirectoryTest {
  private static final String PYTHON = "/usr/bin/python3";
  private static final int LONGEST_SECONDS = 30;

  @TempDir private Path directory;
  @TempDir private Path elsewhere;
  private Path script;

  @BeforeEach
  void requirePython() throws Exception {
    boolean there =
        new File(PYTHON).canExecute() && run(PYTHON, "-c", "import slixmpp").exitCode() == 0;
    if (!there && "true".equals(System.getenv("CI"))) {
      throw new AssertionError("install python3-slixmpp: it is not optional where CI=true");
    }
    Assumptions.assumeTrue(there, "skipped: install python3-slixmpp");
    script = elsewhere.resolve("bob_loader.py");
    try (InputStream source =
        PythonSharesDirectoryTest.class.getResourceAsStream("bob_loader.py")) {
      Files.copy(Objects.requireNonNull(source), script);
    }
  }

  @Test
  void put_hosted_pythonReadsIt() throws Exception {
    byte[] data = everyByte();
    for (Bob bob :
        List.of(
            Bob.of(data, "image/png"),
            Bob.of(new byte[0], "text/plain; charset=\"a\\\"b\""),
            Bob.of("0".getBytes(StandardCharsets.US_ASCII), "a/b").withMaxAge(Duration.ZERO),
            Bob.of("1".getBytes(StandardCharsets.US_ASCII), "a/b")
                .withMaxAge(Duration.ofDays(1)))) {
      try (JsonFileBobStore store = JsonFileBobStore.open(directory)) {
        store.put(new StoredBob(BobKey.hosted(bob.cid()), bob, Items.STORED, null, null));
      }
      Duration maxAge = bob.maxAge();
      assertThat(python("get", bob.cid().value()))
          .containsExactly(
              HexFormat.of().formatHex(bob.data().toByteArray()),
              bob.type(),
              maxAge == null ? "None" : Long.toString(maxAge.toSeconds()),
              bob.cid().value());
    }
  }

  @Test
  void get_pythonHasSet_readsIt() throws Exception {
    Bob plain = Bob.of(everyByte(), "text/plain; charset=\"a\\\"b\"");
    python("set", plain.cid().value(), plain.type(), "none", hex(everyByte()));
    Bob aging = Bob.of(new byte[] {1}, "image/png").withMaxAge(Duration.ofHours(1));
    python("set", aging.cid().value(), aging.type(), "3600", "01");
    try (JsonFileBobStore store = JsonFileBobStore.open(directory)) {
      for (Bob bob : List.of(plain, aging)) {
        StoredBob item = store.get(BobKey.hosted(bob.cid())).orElseThrow();
        assertThat(item.bob()).isEqualTo(bob);
        assertThat(item.expiresAt()).isNull();
        assertThat(item.origin()).isNull();
      }
      KeyListingTest.assertListed(store, BobKey.hosted(plain.cid()), BobKey.hosted(aging.cid()));
    }
  }

  @Test
  void put_overPythonsFile_pythonReadsTheNewOneAndDeletesIt() throws Exception {
    String cid = "own@example.org";
    python("set", cid, "text/plain", "none", "01");
    try (JsonFileBobStore store = JsonFileBobStore.open(directory)) {
      store.put(Items.item(Items.hosted(cid), "coucou"));
      assertThat(python("get", cid)).containsExactly("636f75636f75", "text/plain", "None", cid);
      python("del", cid);
      assertThat(store.get(Items.hosted(cid))).isEmpty();
      python("set", cid, "text/plain", "none", "01");
      assertThat(store.delete(Items.hosted(cid))).isTrue();
    }
    assertThat(directory.resolve(cid)).doesNotExist();
  }

  @Test
  void get_pythonsNameIsNotOurs_readsItAndPutTakesItAway() throws Exception {
    Bob bob = Bob.of(everyByte(), "image/png");
    String cid = bob.cid().value().replaceFirst("^sha1", "SHA1");
    BobKey key = Items.hosted(cid);
    assertThat(key.safeName()).isNotEqualTo(cid);
    python("set", cid, bob.type(), "3600", hex(everyByte()));
    try (JsonFileBobStore store = JsonFileBobStore.open(directory)) {
      Bob read = store.get(key).orElseThrow().bob();
      assertThat(read.data()).isEqualTo(bob.data());
      assertThat(read.maxAge()).isEqualTo(Duration.ofHours(1));
      KeyListingTest.assertListed(store, key);
      store.put(new StoredBob(key, read.withMaxAge(Duration.ZERO), Items.STORED, null, null));
      Run run = run(PYTHON, script.toString(), "get", directory.toString(), cid);
      assertThat(run.exitCode()).isNotZero();
      assertThat(run.output()).contains("FileNotFoundError");
      assertThat(store.get(key).orElseThrow().bob().maxAge()).isEqualTo(Duration.ZERO);
      KeyListingTest.assertListed(store, key);
    }
  }

  private List<String> python(String command, String cid, String... rest) throws Exception {
    List<String> line =
        new ArrayList<>(List.of(PYTHON, script.toString(), command, directory.toString(), cid));
    line.addAll(List.of(rest));
    Run run = run(line.toArray(String[]::new));
    assertThat(run.exitCode()).as(run.output()).isZero();
    return run.output().lines().toList();
  }

  private record Run(int exitCode, String output) {}

  private Run run(String... command) throws IOException, InterruptedException {
    File output = elsewhere.resolve("output").toFile();
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output);
    builder.environment().put("PYTHONIOENCODING", "utf-8");
    builder.environment().put("PYTHONUTF8", "1");
    Process process = builder.start();
    try {
      assertThat(process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)).as("%s ends", PYTHON).isTrue();
      return new Run(process.exitValue(), Files.readString(output.toPath()));
    } finally {
      process.destroyForcibly();
    }
  }

  private static byte[] everyByte() {
    byte[] bytes = new byte[256];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) i;
    }
    return bytes;
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
