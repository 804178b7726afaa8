import { lazy, useEffect, useState, type ComponentType } from 'react';

import { PartMissing } from './part-missing';

/**
 * A component loaded on demand that shows at once when it was loaded before. `lazy` alone would always suspend
 * the first time, and React then holds the content back for 300 ms. When it cannot be loaded (the network is gone, or the
 * site was updated since) it says so in its place and can be tried again: the rest of the page goes on.
 * @param options.isOptional nothing is said then: what it is for can be done without it
 */
export function preloadable<Props extends object>(
  load: () => Promise<{ default: ComponentType<Props> }>,
  { isOptional = false }: { readonly isOptional?: boolean } = {},
) {
  let loaded: ComponentType<Props> | null = null;

  async function fetchPart() {
    loaded = (await load()).default;
    return loaded;
  }

  /** In the place of a part that did not come: tries once more by itself, also for whoever needs the part later. */
  function Missing(props: Props) {
    const [Part, setPart] = useState(() => loaded);
    const [hasFailed, setHasFailed] = useState(false);
    useEffect(() => {
      fetchPart().then(
        (part) => setPart(() => part),
        () => setHasFailed(true),
      );
    }, []);
    if (Part !== null) return <Part {...props} />;
    if (isOptional || !hasFailed) return null;
    return <PartMissing onRetry={() => fetchPart().then((part) => setPart(() => part))} />;
  }

  // One for all: React draws anew what has waited, and would wait for each new one again.
  const Lazy: ComponentType<Props> = lazy((): Promise<{ default: ComponentType<Props> }> =>
    fetchPart().then(
      (part) => ({ default: part }),
      () => ({ default: Missing }),
    ),
  );

  function Preloadable(props: Props) {
    // Chosen once: changing it later would throw away what is on screen.
    const [Chosen] = useState(() => loaded ?? Lazy);
    return <Chosen {...props} />;
  }

  /** Fetches it before it is needed. That it cannot be had is said when it is needed. */
  async function preload(): Promise<void> {
    await fetchPart().catch(() => undefined);
  }

  return Object.assign(Preloadable, { preload });
}
