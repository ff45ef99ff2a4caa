package dev.bobbin.xmpp.bob.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bobbin.xmpp.bob.BobData;
import dev.bobbin.xmpp.bob.StoredBob;
import dev.bobbin.xmpp.bob.spi.BobStore;
import java.io.IOException;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The part of the contract about single items: absent, put, replaced, deleted. */
abstract class ItemContract extends StoreFixture {
  ItemContract() {}

  @Test
  void name_ofProvider_isLowerCaseWithHyphens() {
    assertThat(provider().name()).matches("[a-z0-9]+(-[a-z0-9]+)*");
  }

  @Test
  void settings_ofProvider_areLowerCaseWithHyphensAndUnique() {
    assertThat(provider().settings())
        .extracting(setting -> setting.key())
        .doesNotHaveDuplicates()
        .allMatch(key -> key.matches("[a-z0-9]+(-[a-z0-9]+)*"));
  }

  @Test
  void settings_ofProvider_holdAllThatTheTestSets() {
    Set<String> set = new HashSet<>(values(Map.of()).keySet());
    traits().bound().ifPresent(bound -> set.add(bound.key()));
    assertThat(provider().settings())
        .as("the plugin refuses a setting that the provider does not list")
        .extracting(setting -> setting.key())
        .containsAll(set);
  }

  @Test
  void place_open_isSaid() throws Exception {
    assertThat(open().place()).isNotBlank();
  }

  @Test
  void get_neverPut_isEmpty() throws Exception {
    assertThat(open().get(hosted("cid"))).isEmpty();
  }

  @Test
  void get_otherKey_isEmpty() throws Exception {
    BobStore store = open();
    store.put(item("cid", "x"));
    assertThat(store.get(hosted("cid2"))).isEmpty();
    assertThat(store.get(hosted("CID"))).isEmpty();
  }

  @Test
  void put_again_replaces() throws Exception {
    BobStore store = open();
    store.put(item("cid", "a longer text than the second"));
    store.put(item("cid", "second"));
    assertThat(store.get(hosted("cid"))).contains(item("cid", "second"));
  }

  @Test
  void put_everyField_comesBackEqual() throws Exception {
    BobStore store = open();
    for (StoredBob item : ItemVariety.items()) {
      store.put(item);
      assertThat(store.get(item.key())).as("%s", item).contains(item);
    }
    for (StoredBob item : ItemVariety.items()) {
      assertThat(store.get(item.key())).as("%s, at the end", item).contains(item);
    }
  }

  @Test
  void put_dataOfGreatestSize_comesBackEqual() throws Exception {
    int most = 20_000;
    BobStore store = open(most);
    byte[] bytes = new byte[most];
    new Random(231).nextBytes(bytes);
    StoredBob item = item(hosted("cid"), BobData.of(bytes), null);
    store.put(item);
    assertThat(store.get(item.key())).contains(item);
  }

  @Test
  void put_dataAboveGreatestSize_isKeptWholeOrRefusedWhole() throws Exception {
    int most = 1000;
    BobStore store = open(most);
    StoredBob old = item("cid", "old");
    StoredBob tooLarge = item(old.key(), BobData.of(new byte[most + 1]), null);
    store.put(old);
    Optional<StoredBob> expected = Optional.of(tooLarge);
    try {
      store.put(tooLarge);
    } catch (IOException refused) {
      expected = Optional.of(old);
    }
    assertThat(store.get(old.key())).isEqualTo(expected);
  }

  @Test
  void delete_present_saysSoOnce() throws Exception {
    BobStore store = open();
    store.put(item("cid", "x"));
    store.put(item("other", "y"));
    assertThat(store.delete(hosted("cid"))).isTrue();
    assertThat(store.get(hosted("cid"))).isEmpty();
    assertThat(store.delete(hosted("cid"))).isFalse();
    assertThat(store.get(hosted("other"))).contains(item("other", "y"));
  }

  @Test
  void put_afterDelete_isThereAgain() throws Exception {
    BobStore store = open();
    store.put(item("cid", "x"));
    store.delete(hosted("cid"));
    store.put(item("cid", "y"));
    assertThat(store.get(hosted("cid"))).contains(item("cid", "y"));
  }

  @Test
  void delete_neverPut_isFalseHoweverOften() throws Exception {
    BobStore store = open();
    assertThat(store.delete(hosted("never"))).isFalse();
    assertThat(store.delete(hosted("never"))).isFalse();
  }
}
