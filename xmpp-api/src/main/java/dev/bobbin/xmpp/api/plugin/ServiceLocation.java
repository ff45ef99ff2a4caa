package dev.bobbin.xmpp.api.plugin;

import java.util.List;
import java.util.Objects;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Where services are looked for: in a given class loader, in a given module layer, or where the
 * module that asks was loaded from. Immutable.
 *
 * <p>{@link ServiceLoader} wants to be called by the module that declares {@code uses}; therefore
 * the asking module passes the two calls in, and this class chooses between them.
 */
public final class ServiceLocation {
  private static final ServiceLocation AUTOMATIC = new ServiceLocation(null, null);

  private final @Nullable ClassLoader loader;
  private final @Nullable ModuleLayer layer;

  private ServiceLocation(@Nullable ClassLoader loader, @Nullable ModuleLayer layer) {
    this.loader = loader;
    this.layer = layer;
  }

  /**
   * The asking module's own layer on the module path, the thread's context class loader on the
   * class path.
   *
   * @return the usual choice
   */
  public static ServiceLocation automatic() {
    return AUTOMATIC;
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
    if (layer != null) {
      return byLayer.apply(layer);
    }
    if (loader != null) {
      return byLoader.apply(loader);
    }
    ModuleLayer own = asking.getModule().getLayer();
    return own != null
        ? byLayer.apply(own)
        : byLoader.apply(Thread.currentThread().getContextClassLoader());
  }

  /**
   * Providers that are within reach, and that {@link #load} passes over without a word: one on the
   * class path of an application on the module path, and one whose services file was replaced by
   * another's when jars were packed into one. In a packed jar this reads all of its classes, up to
   * 20,000, and takes about a tenth of a second for each thousand; elsewhere it reads the services
   * files. Blocks on that.
   *
   * @param asking a class of the module that asks
   * @param service what is looked for
   * @return an error for each, never thrown, whose message names class and place, why it is not
   *     found, and what to do; empty where nothing is known to be overlooked
   */
  public List<ServiceConfigurationError> overlooked(Class<?> asking, Class<?> service) {
    ModuleLayer own = asking.getModule().getLayer();
    if (layer == null && loader == null && own != null) {
      OverlookedProviders providers = new OverlookedProviders(service, asking.getClassLoader());
      List<ServiceConfigurationError> beside = providers.besideLayer(own);
      return beside.isEmpty() ? providers.packedWithService() : beside;
    }
    if (layer != null) {
      // Somebody chose exactly this layer.
      return List.of();
    }
    return new OverlookedProviders(
            service, loader == null ? Thread.currentThread().getContextClassLoader() : loader)
        .packedWithService();
  }
}
