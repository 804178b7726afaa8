import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { anAsset, anyAsset } from '@/testing/assets';

import type { Asset } from './asset';
import { frictionOf, lastCopiesIn, makePlan, totalsOf, type Asked } from './make-plan';
import type { LeftOutReason, PlanAction, SeenAsset } from './plan';
import type { KeepContext } from './reasons-to-keep';

const DELETE: PlanAction = { type: 'delete' };

const plan = (assets: readonly SeenAsset[], context: Partial<KeepContext> = {}, asked: Partial<Asked> = {}) =>
  makePlan(
    { connectionId: 'cloud', assets, action: DELETE, allMatching: false, ...asked },
    { pinned: new Set(), known: [], keepLastCopies: false, ...context },
  );

const ids = (assets: readonly { readonly id: string }[]) => assets.map(({ id }) => id);
/** Why each asset was left out, by id. */
const reasonsOf = ({ leftOut }: ReturnType<typeof plan>) =>
  Object.fromEntries(leftOut.flatMap(({ reason, assets }) => assets.map(({ id }) => [id, reason])));

/** An asset that may own a preview. */
const anyOwner: fc.Arbitrary<Asset> = fc
  .tuple(anyAsset, fc.option(fc.integer({ min: 1, max: 12 }).map((number) => `asset-${number}`)))
  .map(([asset, previewAssetId]) => ({ ...asset, previewAssetId }));
const anyAssets = fc.array(anyOwner, { maxLength: 20 });

const anyTask = fc.record({
  asked: anyAssets,
  known: fc.uniqueArray(anyOwner, { selector: ({ id }) => id }),
  pinned: fc.array(
    fc.integer({ min: 1, max: 12 }).map((number) => `asset-${number}`),
    { maxLength: 3 },
  ),
  keepLastCopies: fc.boolean(),
});
type Task = Parameters<Parameters<typeof anyTask.map>[0]>[0];

/** Checks one promise for any plan to delete. */
const always = (promise: (made: ReturnType<typeof plan>, task: Task & { all: readonly Asset[] }) => void) =>
  fc.assert(
    fc.property(anyTask, (task) => {
      const made = plan(task.asked, { ...task, pinned: new Set(task.pinned) });
      // As they were last seen, what was asked for before what was known otherwise.
      const all = [...new Map([...task.known, ...task.asked].map((asset) => [asset.id, asset])).values()];
      promise(made, { ...task, all });
    }),
    { numRuns: 300 },
  );

describe('a plan to delete, whatever is asked for', () => {
  it('holds every asked asset exactly once, either on the list or left out', () => {
    always(({ items, leftOut }, { asked }) => {
      const planned = [...items, ...leftOut.flatMap(({ assets }) => assets)].map(({ id }) => id);
      expect(new Set(planned).size).toBe(planned.length);
      expect(new Set(planned)).toEqual(new Set(ids(asked)));
    });
  });

  it('never has what is immutable, public or pinned on its list', () => {
    always(({ items }, { pinned, all }) => {
      const forbidden = all.filter(({ id, protection }) => protection !== null || pinned.includes(id));
      expect(ids(items).filter((id) => ids(forbidden).includes(id))).toEqual([]);
    });
  });

  it('never takes the preview of an asset that stays', () => {
    always(({ items }, { all }) => {
      const going = new Set(ids(items));
      for (const owner of all) if (!going.has(owner.id)) expect(going).not.toContain(owner.previewAssetId);
    });
  });

  it('leaves a copy of every content that is kept more than once, if that is wished', () => {
    always(({ items }, { all, keepLastCopies }) => {
      if (keepLastCopies) expect(lastCopiesIn(items, all)).toBe(0);
      const going = new Set(ids(items));
      for (const { contentHash } of keepLastCopies ? all : []) {
        const copies = all.filter((other) => contentHash !== null && other.contentHash === contentHash);
        if (copies.length > 1) expect(copies.some(({ id }) => !going.has(id))).toBe(true);
      }
    });
  });

  it('leaves nothing out without that reason', () => {
    always((made, { pinned, all, keepLastCopies, known }) => {
      const going = new Set(ids(made.items));
      for (const [id, reason] of Object.entries(reasonsOf(made))) {
        const asset = all.find((each) => each.id === id);
        const isTrue: Partial<Record<LeftOutReason, boolean>> = {
          immutable: asset?.protection === 'immutable',
          public: asset?.protection === 'public',
          pinned: pinned.includes(id),
          'preview-in-use': all.some((owner) => owner.previewAssetId === id && !going.has(owner.id)),
          'last-copy':
            keepLastCopies &&
            asset?.contentHash != null &&
            known.every((other) => other.contentHash !== asset.contentHash || ids(all).includes(other.id)),
        };
        expect({ id, reason, isTrue: isTrue[reason] }).toEqual({ id, reason, isTrue: true });
      }
    });
  });

  it('names the groups in the order in which they are looked at', () => {
    const order = ['immutable', 'public', 'pinned', 'preview-in-use', 'last-copy', 'no-such-tag'];
    always(({ leftOut }) => {
      const places = leftOut.map(({ reason }) => order.indexOf(reason));
      expect(places).toEqual([...new Set(places)].sort());
    });
  });
});

describe('makePlan', () => {
  it('takes the version seen last of an asset that is asked for twice', () => {
    const before = anAsset({ name: 'old.png' });
    expect(plan([before, { ...before, name: 'new.png' }]).items).toMatchObject([{ name: 'new.png' }]);
    expect(reasonsOf(plan([before, { ...before, protection: 'immutable' }]))).toEqual({ fox: 'immutable' });
  });

  it('keeps what was seen of an asset, and nothing else', () => {
    const seen = anAsset({ metadata: { prompt: 'long' }, tags: ['output'], jobId: 'job' });
    const [item] = plan([seen]).items;
    const { type, jobId, metadata, roughy, ...kept } = seen;
    expect([type, jobId, metadata, roughy]).toHaveLength(4);
    expect(item).toEqual({ ...kept, changeTags: [] });
  });

  it('keeps what its owner keeps, as far as that goes', () => {
    const owner = anAsset({ id: 'owner', previewAssetId: 'preview' });
    const preview = anAsset({ id: 'preview', previewAssetId: 'small' });
    const small = anAsset({ id: 'small' });
    expect(reasonsOf(plan([small, preview], { known: [owner, preview] }))).toEqual({
      ...{ preview: 'preview-in-use', small: 'preview-in-use' },
    });
    expect(reasonsOf(plan([small, preview, owner], { pinned: new Set(['owner']) }))).toEqual({
      ...{ owner: 'pinned', preview: 'preview-in-use', small: 'preview-in-use' },
    });
    expect(plan([small, preview, owner], { known: [owner] }).leftOut).toEqual([]);
  });

  it('keeps the preview of the copy that it keeps', () => {
    const copies = ['a', 'b'].map((id) =>
      anAsset({ id, contentHash: 'same', previewAssetId: `${id}-small` }),
    );
    const previews = ['a-small', 'b-small'].map((id) => anAsset({ id }));
    expect(reasonsOf(plan([...previews, ...copies], { keepLastCopies: true }))).toEqual({
      ...{ a: 'last-copy', 'a-small': 'preview-in-use' },
    });
  });

  it('keeps the oldest copy, and none where another copy stays anyway', () => {
    const [a, b, c] = ['10', '05.5', '05'].map((second, at) =>
      anAsset({ id: `${at}`, contentHash: 'same', createdAt: `2026-01-01T00:00:${second}Z` }),
    ) as [Asset, Asset, Asset];
    const asked = [a, b, c];
    expect(reasonsOf(plan(asked, { keepLastCopies: true }))).toEqual({ 2: 'last-copy' });
    expect(reasonsOf(plan(asked, { keepLastCopies: false }))).toEqual({});
    expect(reasonsOf(plan([a, b], { keepLastCopies: true, known: asked }))).toEqual({});
    expect(reasonsOf(plan(asked, { keepLastCopies: true, pinned: new Set(['0']) }))).toEqual({ 0: 'pinned' });
    const twins = ['y', 'x', 'z'].map((id) => anAsset({ id, contentHash: 'same' }));
    expect(reasonsOf(plan(twins, { keepLastCopies: true }))).toEqual({ x: 'last-copy' });
  });

  it('does not keep the only copy of a content: that would be everything', () => {
    const alone = anAsset({ contentHash: 'once' });
    expect(ids(plan([alone], { keepLastCopies: true, known: [alone] }).items)).toEqual(['fox']);
  });

  it('reads what is known in one go', () => {
    const owner = anAsset({ id: 'owner', previewAssetId: 'fox', contentHash: 'same' });
    const known = [owner].values();
    expect(reasonsOf(plan([anAsset(), anAsset({ id: 'b', contentHash: 'same' })], { known }))).toEqual({
      fox: 'preview-in-use',
    });
  });
});

describe('a plan to change tags', () => {
  const removal: Partial<Asked> = { action: { type: 'remove-tags', tags: ['b', 'a', 'b'] } };

  it('names for each asset the tags that it has, and leaves out who has none', () => {
    const tagged = [['a', 'c'], ['B'], ['c', 'b', 'a']].map((tags, at) => anAsset({ id: `${at}`, tags }));
    const made = plan(tagged, {}, removal);
    expect(made.items.map(({ id, changeTags }) => [id, changeTags])).toEqual([
      ['0', ['a']],
      ['2', ['b', 'a']],
    ]);
    expect(reasonsOf(made)).toEqual({ 1: 'no-such-tag' });
  });

  it('leaves out what nobody may change, but not what is only kept from deletion', () => {
    const assets = [
      anAsset({ id: 'rock', protection: 'immutable', tags: ['a'] }),
      anAsset({ id: 'star', protection: 'public' }),
      anAsset({ id: 'pin', tags: ['a'], contentHash: 'same' }),
      anAsset({ id: 'copy', tags: ['a'], contentHash: 'same' }),
    ];
    const owner = anAsset({ id: 'owner', previewAssetId: 'copy' });
    const made = plan(assets, { pinned: new Set(['pin']), known: [owner], keepLastCopies: true }, removal);
    expect(ids(made.items)).toEqual(['pin', 'copy']);
    expect(reasonsOf(made)).toEqual({ rock: 'immutable', star: 'public' });
  });

  it('leaves nobody out of a restoration for tags that are not there', () => {
    const made = plan([anAsset()], {}, { action: { type: 'restore-tags', undoes: 'job' } });
    expect(made.items).toMatchObject([{ id: 'fox', changeTags: [] }]);
  });
});

describe('lastCopiesIn', () => {
  const [a, b, c] = ['a', 'b', 'c'].map((id) => anAsset({ id, contentHash: 'same' })) as [
    Asset,
    Asset,
    Asset,
  ];
  const other = anAsset({ id: 'other', contentHash: 'once' });

  it.each([
    { name: 'all copies', items: [a, b, c], known: [], lost: 1 },
    { name: 'all but one', items: [a, b], known: [a, b, c], lost: 0 },
    { name: 'all that are known', items: [a, b], known: [b, a, other], lost: 1 },
    { name: 'something kept once', items: [other], known: [other], lost: 0 },
    { name: 'assets of unknown content', items: [anAsset(), anAsset({ id: 'b' })], known: [], lost: 0 },
    { name: 'one copy, named twice', items: [a, a], known: [a], lost: 0 },
  ])('counts $lost for $name', ({ items, known, lost }) => {
    expect(lastCopiesIn(items, known)).toBe(lost);
  });
});

describe('totalsOf', () => {
  it('counts the bytes of each known content once, and of unknown content always', () => {
    fc.assert(
      fc.property(anyAssets, (assets) => {
        const known = assets.filter((asset) => asset.sizeBytes !== null);
        const sizes = new Map(
          known.map((asset, index) => [asset.contentHash ?? index, asset.sizeBytes ?? 0]),
        );
        const expected = [...sizes.values()].reduce((sum, size) => sum + size, 0);
        expect(totalsOf(assets).upToBytes).toBe(expected);
      }),
    );
  });

  it('keeps unknown sizes apart from the sum', () => {
    const assets = [anAsset({ id: 'a', sizeBytes: null }), anAsset({ id: 'b', sizeBytes: 7 })];
    expect(totalsOf(assets)).toMatchObject({ upToBytes: 7, unknownSizes: 1 });
  });

  it('counts a content whose size only one of its assets knows', () => {
    const assets = [null, 7, null].map((sizeBytes, at) =>
      anAsset({ id: `${at}`, contentHash: 'same', sizeBytes }),
    );
    expect(totalsOf(assets)).toMatchObject({ upToBytes: 7, unknownSizes: 2 });
  });

  it('finds the oldest and the newest, whatever their order', () => {
    fc.assert(
      fc.property(fc.array(anyAsset, { minLength: 1 }), (assets) => {
        const times = assets.map((asset) => Date.parse(asset.createdAt));
        const { oldest, newest } = totalsOf(assets);
        expect(Date.parse(oldest ?? '')).toBe(Math.min(...times));
        expect(Date.parse(newest ?? '')).toBe(Math.max(...times));
      }),
    );
  });

  it('compares times of different precision as times', () => {
    const instants = ['2026-01-01T00:00:00.5Z', '2026-01-01T00:00:00Z', '2026-01-01T00:00:00.250000Z'];
    const { oldest, newest } = totalsOf(instants.map((createdAt) => anAsset({ createdAt })));
    expect({ oldest, newest }).toEqual({ oldest: '2026-01-01T00:00:00Z', newest: '2026-01-01T00:00:00.5Z' });
  });

  it('counts every asset under its kind, the most frequent first', () => {
    fc.assert(
      fc.property(anyAssets, (assets) => {
        const { kinds } = totalsOf(assets);
        expect(kinds.reduce((sum, { count }) => sum + count, 0)).toBe(assets.length);
        expect(kinds.map(({ count }) => count)).toEqual(
          kinds.map(({ count }) => count).sort((a, b) => b - a),
        );
        for (const { kind, count } of kinds) {
          expect(assets.filter((asset) => asset.kind === kind)).toHaveLength(count);
        }
      }),
    );
  });

  it('gives zeros and nulls for nothing', () => {
    expect(totalsOf([])).toEqual({ upToBytes: 0, unknownSizes: 0, oldest: null, newest: null, kinds: [] });
  });
});

describe('frictionOf', () => {
  const GB = 1_000_000_000;
  const tags: PlanAction = { type: 'remove-tags', tags: ['draft'] };

  it.each([
    { count: 0, bytes: 0, friction: 'simple' },
    { count: 1, bytes: 10, friction: 'simple' },
    { count: 1, bytes: 40 * GB, friction: 'simple' },
    { count: 1, bytes: 10, cascades: 7, friction: 'simple' },
    { count: 1, bytes: 10, allMatching: true, friction: 'simple' },
    { count: 2, bytes: 10, friction: 'summary' },
    { count: 2, bytes: 10, allMatching: true, friction: 'typed' },
    { count: 2, bytes: GB - 1, friction: 'summary' },
    { count: 2, bytes: GB, friction: 'typed' },
    { count: 2, bytes: 10, cascades: 1, friction: 'typed' },
    { count: 49, bytes: 49, friction: 'summary' },
    { count: 50, bytes: 50, friction: 'typed' },
    { count: 1, bytes: 10, action: tags, allMatching: true, friction: 'simple' },
    { count: 2, bytes: GB, cascades: 1, action: tags, friction: 'summary' },
    { count: 2, bytes: 10, action: tags, allMatching: true, friction: 'typed' },
    { count: 50, bytes: 10, action: tags, friction: 'typed' },
  ])(
    'is $friction for $count assets with $bytes bytes',
    ({ count, bytes, cascades = 0, friction, action = DELETE, allMatching = false }) => {
      const assets = Array.from({ length: count }, (_, at) =>
        anAsset({ id: `${at}`, sizeBytes: at === 0 ? bytes : 0, tags: ['draft'] }),
      );
      expect(frictionOf(plan(assets, {}, { action, allMatching }), cascades)).toBe(friction);
    },
  );

  it('goes by what is deleted, not by what was asked for', () => {
    const asked = Array.from({ length: 60 }, (_, at) =>
      anAsset({ id: `${at}`, protection: at < 49 ? null : 'public' }),
    );
    expect(frictionOf(plan(asked), 0)).toBe('summary');
  });

  it('does not take copies of one content for more than it is', () => {
    const copies = ['a', 'b', 'c'].map((id) => anAsset({ id, contentHash: 'same', sizeBytes: 400_000_000 }));
    expect(frictionOf(plan(copies), 0)).toBe('summary');
  });
});

describe('a plan to delete duplicates', () => {
  const copy = (id: string, about: Partial<Asset> = {}) => anAsset({ id, contentHash: 'same', ...about });
  const duplicates = (
    assets: readonly SeenAsset[],
    otherCopies: readonly SeenAsset[],
    pinned: string[] = [],
  ) => plan(assets, { otherCopies, onlyDuplicates: true, pinned: new Set(pinned) });
  const keptOf = ({ items }: ReturnType<typeof plan>) => items.map(({ id, keptCopyId }) => [id, keptCopyId]);

  it('names the copy that stays of each', () => {
    const made = duplicates([copy('a'), copy('b')], [copy('c'), copy('other', { contentHash: 'other' })]);
    expect(keptOf(made)).toEqual([
      ['a', 'c'],
      ['b', 'c'],
    ]);
  });

  it('keeps what has no other copy, even if it is the only one', () => {
    const made = duplicates([copy('a'), copy('b', { contentHash: 'other' }), copy('c')], [copy('c')]);
    expect(keptOf(made)).toEqual([['c', 'a']]);
    expect(reasonsOf(made)).toEqual({ a: 'last-copy', b: 'last-copy' });
  });

  it('keeps what nothing is known of', () => {
    expect(reasonsOf(duplicates([anAsset({ id: 'a', sizeBytes: null })], []))).toEqual({ a: 'last-copy' });
  });

  it('counts what stays for another reason', () => {
    expect(keptOf(duplicates([copy('a'), copy('b')], [], ['b']))).toEqual([['a', 'b']]);
    expect(keptOf(duplicates([copy('a'), copy('b', { protection: 'public' })], []))).toEqual([['a', 'b']]);
  });

  it('does not count a copy that lost its file', () => {
    const lost = { tags: ['missing'] };
    expect(reasonsOf(duplicates([copy('a')], [copy('b', lost)]))).toEqual({ a: 'last-copy' });
    expect(keptOf(duplicates([copy('a', lost), copy('b')], []))).toEqual([['a', 'b']]);
    expect(keptOf(duplicates([copy('a'), copy('b')], [copy('c'), copy('d', lost)])).at(0)).toEqual([
      'a',
      'c',
    ]);
  });

  it('takes equal size and name for the same where there is no hash', () => {
    const maybe = (id: string, name: string) => anAsset({ id, name, sizeBytes: 7 });
    const made = duplicates(
      [maybe('a', 'Cafe\u0301.png'), maybe('b', 'x.png')],
      [maybe('c', 'caf\u00e9.png')],
    );
    expect(keptOf(made)).toEqual([['a', 'c']]);
    expect(reasonsOf(made)).toEqual({ b: 'last-copy' });
  });
});

describe('a plan of whatever a person ticked, where an index knows of other copies', () => {
  const copy = (id: string, about: Partial<Asset> = {}) => anAsset({ id, contentHash: 'same', ...about });
  const alone = anAsset({ id: 'alone', contentHash: 'only this' });

  it('names the copy that stays of what has one, and takes what has none', () => {
    const made = plan([copy('a'), alone, copy('b')], { otherCopies: [copy('c')], keepLastCopies: false });
    expect(made.items.map(({ id, keptCopyId }) => [id, keptCopyId])).toEqual([
      ['a', 'c'],
      ['alone', undefined],
      ['b', 'c'],
    ]);
    expect(made.leftOut).toEqual([]);
  });

  it('keeps one of several copies only where none is known to stay', () => {
    const asked = [copy('a', { createdAt: '2026-01-01T00:00:00Z' }), copy('b'), alone];
    const leftOut = (otherCopies: readonly SeenAsset[]) =>
      reasonsOf(plan(asked, { otherCopies, keepLastCopies: true }));
    expect(leftOut([copy('c')])).toEqual({});
    expect(leftOut([])).toEqual({ a: 'last-copy' });
    expect(leftOut([copy('c', { tags: ['missing'] })])).toEqual({ a: 'last-copy' });
  });
});
