package dev.bobbin.xmpp.bob;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class HashAlgorithmTest {
  @ParameterizedTest
  @CsvSource({
    "sha1,a9993e364706816aba3e25717850c26c9cd0d89d",
    "sha-224,23097d223405d8228642a477bda255b32aadbce4bda0b3f7e36c9da7",
    "sha-256,ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
    "sha-384,cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed"
        + "8086072ba1e7cc2358baeca134c825a7",
    "sha-512,ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a"
        + "2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f",
    "sha3-224,e642824c3f8cf24ad09234ee7d3c766fc9a3a5168d0c94ad73b46fdf",
    "sha3-384,ec01498288516fc926459f58e2c6ad8df9b473cb0fc08c2596da7cf0e49be4b2"
        + "98d88cea927ac7f539f1edf228376d25",
    "sha3-256,3a985da74fe225b2045c172d6bd390bd855f086e3e9d525b46bfe24511431532",
    "sha3-512,b751850b1a57168a5693cd924b6b096e08f621827444f70d884f5d0240d2712e"
        + "10e116e9192af3c91a7ec57647e3934057340b4cf408d5a56592f8274eec53f0"
  })
  void digest_abc_isTheKnownOne(String name, String hash) {
    HashAlgorithm algorithm = HashAlgorithm.named(name).orElseThrow();
    assertThat(HexFormat.of().formatHex(algorithm.digest(BobData.utf8("abc")))).isEqualTo(hash);
  }

  @ParameterizedTest
  @EnumSource(HashAlgorithm.class)
  void bytes_any_isTheLengthOfItsHash(HashAlgorithm algorithm) {
    assertThat(algorithm.digest(BobData.utf8(""))).hasSize(algorithm.bytes());
    assertThat(HashAlgorithm.named(algorithm.text())).contains(algorithm);
  }

  @Test
  void named_otherCaseOrHyphen_isFound() {
    assertThat(HashAlgorithm.named("SHA-256")).contains(HashAlgorithm.SHA_256);
    assertThat(HashAlgorithm.named("sha-1")).contains(HashAlgorithm.SHA_1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "md5", "md2", "sha", "sha256", "sha-0", "sha_256", " sha1"})
  void named_unknown_isEmpty(String name) {
    assertThat(HashAlgorithm.named(name)).isEmpty();
  }
}
