package dev.bobbin.xmpp.api.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.spi.FileSystemProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A service of the JDK stands for one of ours: it is there in each layer and for each loader. */
class ServiceLocationTest {
  private final List<Object> asked = new ArrayList<>();

  @BeforeAll
  static void declareUse() {
    ServiceLocationTest.class.getModule().addUses(FileSystemProvider.class);
  }

  @Test
  void load_automaticFromAModule_asksItsLayer() {
    assertThat(String.class.getModule().isNamed()).isTrue();

    assertFindsZip(load(ServiceLocation.automatic(), String.class));
    assertThat(asked).containsExactly(ModuleLayer.boot());
  }

  @Test
  void load_automaticFromTheClassPath_asksTheContextClassLoader() throws Exception {
    assertThat(Test.class.getModule().isNamed()).as("JUnit is on the class path").isFalse();
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    try (URLClassLoader loader = new URLClassLoader(new URL[0])) {
      thread.setContextClassLoader(loader);
      assertFindsZip(load(ServiceLocation.automatic(), Test.class));
      assertThat(asked).containsExactly(loader);
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  @Test
  void load_givenLoader_asksItWhoeverAsks() throws Exception {
    try (URLClassLoader loader = new URLClassLoader(new URL[0])) {
      assertFindsZip(load(ServiceLocation.of(loader), String.class));
      assertFindsZip(load(ServiceLocation.of(loader), Test.class));
      assertThat(asked).containsExactly(loader, loader);
    }
  }

  @Test
  void load_givenLayer_asksItWhoeverAsks() {
    ModuleLayer empty = ModuleLayer.empty();

    assertThat(load(ServiceLocation.of(empty), String.class)).isEmpty();
    assertThat(load(ServiceLocation.of(empty), Test.class)).isEmpty();
    assertThat(asked).containsExactly(empty, empty);
  }

  @Test
  void overlooked_servicesFileThatNoModuleProvides_isToldWhereModulesAreLookedFor() {
    // JUnit's engine is on the class path, and its services file in the jar beside it.
    Class<?> engine = org.junit.platform.engine.TestEngine.class;

    assertThat(ServiceLocation.automatic().overlooked(ServiceLocation.class, engine).orElse(""))
        .contains("org.junit.jupiter.engine.JupiterTestEngine, which jar:file:")
        .contains("!/META-INF/services/org.junit.platform.engine.TestEngine names")
        .endsWith(
            ": what is on the class path is not seen from the module path. Move its jar to the"
                + " module path");
    assertThat(ServiceLocation.of(ModuleLayer.boot()).overlooked(ServiceLocation.class, engine))
        .as("a layer that somebody chose")
        .isEmpty();
    assertThat(
            ServiceLocation.of(ClassLoader.getSystemClassLoader())
                .overlooked(ServiceLocation.class, engine))
        .as("a loader that somebody chose, where it is found")
        .isEmpty();
    assertThat(ServiceLocation.automatic().overlooked(Test.class, engine))
        .as("on the class path, where it is found")
        .isEmpty();
  }

  @Test
  void overlooked_serviceWhoseProvidersAreModules_isEmpty() {
    assertThat(
            ServiceLocation.automatic().overlooked(ServiceLocation.class, FileSystemProvider.class))
        .isEmpty();
  }

  @Test
  void of_null_isNamed() {
    assertThatNullPointerException()
        .isThrownBy(() -> ServiceLocation.of((ClassLoader) null))
        .withMessage("loader");
    assertThatNullPointerException()
        .isThrownBy(() -> ServiceLocation.of((ModuleLayer) null))
        .withMessage("layer");
  }

  private ServiceLoader<FileSystemProvider> load(ServiceLocation location, Class<?> asking) {
    return location.load(
        asking,
        loader -> {
          asked.add(loader);
          return ServiceLoader.load(FileSystemProvider.class, loader);
        },
        layer -> {
          asked.add(layer);
          return ServiceLoader.load(layer, FileSystemProvider.class);
        });
  }

  private static void assertFindsZip(ServiceLoader<FileSystemProvider> services) {
    assertThat(services).extracting(FileSystemProvider::getScheme).contains("jar");
  }
}
