package dev.bobbin.xmpp.api.plugin;

import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Where services are looked for: in a given class loader, in a given module layer, or where the
 * module that asks was loaded from. Thread-safe.
 *
 * <p>{@link ServiceLoader} wants to be called by the module that declares {@code uses}; therefore
 * the asking module passes the two calls in, and this class chooses between them.
 *
 * <p>An instance remembers what it read for {@link #overlooked}, once for each service. Clients of
 * one {@code XmppRuntime} share an instance, unless they are given another.
 */
public final class ServiceLocation {
  private final @Nullable ClassLoader loader;
  private final @Nullable ModuleLayer layer;

  /** By service; no class loader is kept but the service's own. */
  private final Map<Class<?>, PackedProviders> packed = new ConcurrentHashMap<>();

  private ServiceLocation(@Nullable ClassLoader loader, @Nullable ModuleLayer layer) {
    this.loader = loader;
    this.layer = layer;
  }

  /**
   * The asking module's own layer on the module path, the thread's context class loader on the
   * class path.
   *
   * @return the usual choice, which has nothing remembered yet
   */
  public static ServiceLocation automatic() {
    return new ServiceLocation(null, null);
  }

  /**
   * A class loader and its parents.
   *
   * @param loader the class loader
   * @return the location
   */
  public static ServiceLocation of(ClassLoader loader) {
    return new ServiceLocation(Objects.requireNonNull(loader, "loader"), null);
  }

  /**
   * A module layer and its parents.
   *
   * @param layer the layer
   * @return the location
   */
  public static ServiceLocation of(ModuleLayer layer) {
    return new ServiceLocation(null, Objects.requireNonNull(layer, "layer"));
  }

  /**
   * Makes the service loader for this location.
   *
   * @param asking a class of the module that asks
   * @param byLoader {@code loader -> ServiceLoader.load(Service.class, loader)}
   * @param byLayer {@code layer -> ServiceLoader.load(layer, Service.class)}
   * @param <S> the service
   * @return the loader, with nothing loaded yet
   */
  public <S> ServiceLoader<S> load(
      Class<?> asking,
      Function<@Nullable ClassLoader, ServiceLoader<S>> byLoader,
      Function<ModuleLayer, ServiceLoader<S>> byLayer) {
    ModuleLayer searched = layerFor(asking);
    return searched != null ? byLayer.apply(searched) : byLoader.apply(loaderUsed());
  }

  private @Nullable ModuleLayer layerFor(Class<?> asking) {
    return layer != null || loader != null ? layer : asking.getModule().getLayer();
  }

  private @Nullable ClassLoader loaderUsed() {
    return loader != null ? loader : Thread.currentThread().getContextClassLoader();
  }

  /**
   * Providers that are within reach, and that {@link #load} passes over without a word: one on the
   * class path of an application on the module path, and one whose services file was replaced by
   * another's when jars were packed into one.
   *
   * <p>On the module path this reads services files. On the class path it reads all classes of the
   * jar that the service is in, up to 100,000: about 30 ms for each thousand. It does so once for
   * each instance and service. Blocks on that.
   *
   * @param asking a class of the module that asks
   * @param service what is looked for
   * @return text without an end that names each class and its place, says why it is not found, and
   *     what to do; empty where nothing is known to be overlooked
   */
  public Optional<String> overlooked(Class<?> asking, Class<?> service) {
    if (layer != null) {
      // Somebody chose exactly this layer.
      return Optional.empty();
    }
    try {
      if (layerFor(asking) != null) {
        return ClassPathProviders.unseen(service, orSystem(asking.getClassLoader()));
      }
      return packed
          .computeIfAbsent(service, PackedProviders::beside)
          .unlisted(service, orSystem(loaderUsed()));
    } catch (IOException e) {
      // A services file cannot be read, which ServiceLoader reports.
      return Optional.empty();
    }
  }

  private static ClassLoader orSystem(@Nullable ClassLoader given) {
    return given == null ? ClassLoader.getSystemClassLoader() : given;
  }
}
