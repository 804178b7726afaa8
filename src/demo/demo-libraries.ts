import { createChangeStore } from './change-store';
import { demoComfyAssets } from './demo-comfy';
import { demoRoughy } from './demo-roughy';
import { createComfyLibrary, type ComfyChange, type ComfyLibrary } from './comfy-library';
import { createRoughyLibrary, type RoughyChange, type RoughyLibrary } from './roughy-library';
import { isRecord } from './strict-request';

/** A library that remembers, between visits, what was done to it. */
export interface LastingLibrary<Library> {
  readonly library: Library;
  readonly reset: () => Promise<void>;
}

const isRoughyChange = (value: unknown): value is RoughyChange =>
  isRecord(value) && value['type'] === 'deleted' && typeof value['id'] === 'string';

const isComfyChange = (value: unknown): value is ComfyChange =>
  isRoughyChange(value) ||
  (isRecord(value) &&
    value['type'] === 'tags' &&
    typeof value['id'] === 'string' &&
    Array.isArray(value['tags']));

interface Restorable<Change> {
  apply(changes: Iterable<Change>): void;
  restore(): void;
  saved(): Promise<void>;
}

async function lasting<Change extends { readonly id: string }, Library extends Restorable<Change>>(
  name: string,
  isChange: (value: unknown) => value is Change,
  make: (onChange: (change: Change) => Promise<void>) => Library,
): Promise<LastingLibrary<Library>> {
  const store = createChangeStore(name, isChange);
  const library = make((change) => store.write(change));
  library.apply(await store.read());
  return {
    library,
    reset: async () => {
      await library.saved();
      await store.clear();
      library.restore();
    },
  };
}

/** The made-up Comfy library, with the changes of earlier visits. */
export const openDemoComfy = (): Promise<LastingLibrary<ComfyLibrary>> =>
  lasting('comfy', isComfyChange, (onChange) => createComfyLibrary(demoComfyAssets(), { onChange }));

/** The made-up Roughy library, with the changes of earlier visits. */
export const openDemoRoughy = (): Promise<LastingLibrary<RoughyLibrary>> =>
  lasting('roughy', isRoughyChange, (onChange) => createRoughyLibrary(demoRoughy(), { onChange }));
