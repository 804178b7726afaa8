import { lazy, useState, type ComponentType } from 'react';

/**
 * A component loaded on demand that shows at once when it was loaded before. `lazy` alone would always suspend
 * the first time, and React then holds the content back for 300 ms.
 */
export function preloadable<Props extends object>(load: () => Promise<{ default: ComponentType<Props> }>) {
  let loaded: ComponentType<Props> | null = null;

  async function preload() {
    const module = await load();
    loaded = module.default;
    return module;
  }

  const Lazy: ComponentType<Props> = lazy(preload);

  function Preloadable(props: Props) {
    // Chosen once: changing it later would throw away what is on screen.
    const [Chosen] = useState(() => loaded ?? Lazy);
    return <Chosen {...props} />;
  }

  return Object.assign(Preloadable, { preload });
}
