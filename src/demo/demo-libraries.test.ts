import { IDBFactory } from 'fake-indexeddb';
import 'fake-indexeddb/auto';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { openDemoComfy, openDemoRoughy } from './demo-libraries';

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
});

describe('the demo', () => {
  it('remembers deletions and tags at the next visit', async () => {
    const first = await openDemoComfy();
    const [gone, tagged] = first.library.list({ includeTags: ['wip'] }).assets;
    first.library.remove(gone!.id);
    first.library.removeTags(tagged!.id, ['wip']);
    first.library.addTags(tagged!.id, ['kept']);
    await first.library.saved();

    const { library } = await openDemoComfy();
    expect(library.get(gone!.id)).toBeNull();
    expect(library.get(tagged!.id)?.tags).toEqual(first.library.get(tagged!.id)?.tags);
    expect(library.list({ includeTags: ['kept'] }).total).toBe(1);
  });

  it('keeps the changes of its two libraries apart', async () => {
    const comfy = await openDemoComfy();
    const roughy = await openDemoRoughy();
    const [asset] = roughy.library.listAssets().items;
    const [other] = comfy.library.list({ includePublic: false, excludeTags: ['locked'] }).assets;
    roughy.library.remove(asset!.id);
    comfy.library.remove(other!.id);
    await Promise.all([roughy.library.saved(), comfy.library.saved()]);
    await comfy.reset();
    expect((await openDemoRoughy()).library.getAsset(asset!.id)).toBeNull();
    expect((await openDemoComfy()).library.get(other!.id)).not.toBeNull();
  });

  it('forgets everything when it is reset, at once and for good', async () => {
    const { library, reset } = await openDemoComfy();
    const total = library.list().total;
    library.remove(library.list({ includePublic: false, excludeTags: ['locked'] }).assets[0]!.id);
    await reset();
    expect(library.list().total).toBe(total);
    expect((await openDemoComfy()).library.list().total).toBe(total);
  });

  it('works without a database, only without memory', async () => {
    vi.stubGlobal('indexedDB', undefined);
    const { library, reset } = await openDemoRoughy();
    const [asset] = library.listAssets().items;
    expect(library.remove(asset!.id)).toBe(true);
    await library.saved();
    expect(library.getAsset(asset!.id)).toBeNull();
    await reset();
    expect(library.getAsset(asset!.id)).not.toBeNull();
    vi.unstubAllGlobals();
  });
});
