package dev.bobbin.store.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class KeyPlacesTest {
  private static final String FIRST =
      "aa 127.0.0.1:7001@17001 myself,master - 0 0 1 connected 0-8190";
  private static final String SECOND =
      "bb 127.0.0.1:7002@17002 myself,master - 0 0 2 connected 8191 8192-16383";

  private static KeyPlaces cluster(String... own) {
    List<String> views =
        List.of(own).stream()
            .map(line -> "cc 127.0.0.1:7003@17003 slave bb 0 1 2 connected\n" + line + "\n")
            .toList();
    return KeyPlaces.ofCluster(List.of("run_id:one", "run_id:two"), views);
  }

  @Test
  void areSettled_eachSlotInItsPlace_isTrue() {
    assertThat(cluster(FIRST, SECOND).areSettled()).isTrue();
    assertThat(cluster(FIRST, SECOND)).isEqualTo(cluster(SECOND, FIRST));
  }

  @Test
  void areSettled_slotOnItsWay_isFalse() {
    assertThat(cluster(FIRST, SECOND + " [93-<-aa]").areSettled()).isFalse();
    assertThat(cluster(FIRST + " [93->-bb]", SECOND).areSettled()).isFalse();
  }

  @Test
  void areSettled_slotsOfANodeThatIsNotKnown_isFalse() {
    assertThat(cluster(FIRST).areSettled()).isFalse();
    assertThat(cluster("", "aa 127.0.0.1:7001").areSettled()).isFalse();
    assertThat(cluster(FIRST, "bb x myself - 0 0 2 connected 0-999999").areSettled()).isFalse();
  }

  @Test
  void equals_afterAMoveOrANewStart_isFalse() {
    KeyPlaces before = cluster(FIRST, SECOND);
    assertThat(cluster(FIRST.replace("8190", "8191"), SECOND.replace(" 8191 ", " ")))
        .isNotEqualTo(before);
    assertThat(cluster(FIRST, SECOND.replace(" 2 connected", " 3 connected"))).isNotEqualTo(before);
    assertThat(KeyPlaces.ofServer("run_id:one")).isNotEqualTo(KeyPlaces.ofServer("run_id:two"));
    assertThat(KeyPlaces.ofServer("run_id:one\r\nuptime_in_seconds:1"))
        .isEqualTo(KeyPlaces.ofServer("run_id:one\r\nuptime_in_seconds:2"));
  }
}
