import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';

import type { Asset } from '@/domain/asset';
import { NO_FILTERS } from '@/domain/library-query';
import { KEPT_REASONS, RANKS, type KeepRule, type PolicyAction } from '@/domain/saved-view';
import { anyFilters, anyLibrary, anyNow } from '@/testing/any-library';
import { anAsset } from '@/testing/assets';
import { openTestLibrary } from '@/testing/library';
import { naivePolicy } from '@/testing/naive-policy';

import type { PolicyRunParams } from './policy-run';

const NOW = Date.parse('2026-07-01T00:00:00Z');

const anyKeep: fc.Arbitrary<KeepRule> = fc.oneof(
  fc.constant({ type: 'none' } as const),
  fc.record({
    type: fc.constant('first' as const),
    rank: fc.constantFrom(...RANKS),
    count: fc.integer({ min: 1, max: 4 }),
    of: fc.constantFrom('view' as const, 'job' as const),
  }),
  fc.record({
    type: fc.constant('copy' as const),
    rank: fc.constantFrom('newest' as const, 'oldest' as const),
  }),
);
const someTags = fc.uniqueArray(fc.constantFrom('output', 'missing', "o'x", '%', 'none'), { maxLength: 2 });
const anyAction: fc.Arbitrary<PolicyAction> = fc.oneof(
  fc.constant({ type: 'delete' } as const),
  someTags.map((tags) => ({ type: 'remove-tags' as const, tags: ['output', ...tags] })),
);
const anyParams: fc.Arbitrary<PolicyRunParams> = fc
  .record({
    keep: anyKeep,
    keepTags: someTags,
    action: anyAction,
    filters: fc.oneof(fc.constant({ ...NO_FILTERS, includePublic: true }), anyFilters),
    pinned: fc.uniqueArray(fc.constantFrom('asset-1', 'asset-02', 'B', '🦊', "'"), { maxLength: 2 }),
    now: anyNow,
  })
  .map(({ keep, keepTags, action, ...rest }) => ({
    policy: { id: 'p', keep, keepTags, action },
    ...{ ...rest, record: false, policyIds: ['p'], longest: 100 },
  }));

let library: Awaited<ReturnType<typeof openTestLibrary>>;
beforeAll(async () => {
  library = await openTestLibrary();
});

/** The index has these, and nothing else. */
function fill(assets: readonly Asset[]) {
  library.sql.execute('DELETE FROM assets; DELETE FROM notes');
  library.call('write', { assets, pass: 1 });
}

describe('a dry run', () => {
  it('gives every asset of the view the verdict that plain code gives it', () => {
    fc.assert(
      fc.property(anyLibrary, anyParams, (assets, params) => {
        fill(assets);
        const run = library.call('policyRun', params);
        const { shown, going, reasons } = naivePolicy(assets, params);
        expect(run.ids).toEqual(going.map(({ id }) => id));
        expect(run.matching).toBe(shown.length);
        expect(run.kept.map(({ reason, count }) => [reason, count])).toEqual(
          KEPT_REASONS.map((reason) => [
            reason,
            [...reasons.values()].filter((each) => each === reason).length,
          ]).filter(([, count]) => count !== 0),
        );
        for (const { reason, examples, count } of run.kept) {
          const names = assets.filter(({ id }) => reasons.get(id) === reason).map(({ name }) => name);
          expect(names).toEqual(expect.arrayContaining([...examples]));
          expect(examples).toHaveLength(Math.min(3, count));
        }
        expect(run.sample.map(({ id }) => id)).toEqual(run.ids.slice(0, 20));
        expect(run.isWhole).toBe(true);
      }),
      { numRuns: 300 },
    );
  }, 60_000);

  it('adds up what would go, each content once', () => {
    fc.assert(
      fc.property(anyLibrary, anyParams, (assets, params) => {
        fill(assets);
        const { going } = library.call('policyRun', params);
        const list = naivePolicy(assets, params).going;
        const contents = new Map<string, number>();
        for (const { id, contentHash, sizeBytes } of list) {
          const content = contentHash ?? `none ${id}`;
          contents.set(content, Math.max(contents.get(content) ?? 0, sizeBytes ?? 0));
        }
        expect(going).toMatchObject({
          count: list.length,
          unknownSizes: list.filter(({ sizeBytes }) => sizeBytes === null).length,
          upToBytes: [...contents.values()].reduce((sum, bytes) => sum + bytes, 0),
        });
        const days = list.map(({ createdAt }) => Date.parse(createdAt));
        expect(going.oldest && Date.parse(going.oldest)).toBe(days.length === 0 ? null : Math.min(...days));
        expect(going.newest && Date.parse(going.newest)).toBe(days.length === 0 ? null : Math.max(...days));
      }),
    );
  });

  it('never lets a pinned, a protected or the last copy of a content go, nor keeps more by its rule than asked', () => {
    fc.assert(
      fc.property(anyLibrary, anyParams, (assets, params) => {
        fill(assets);
        const { ids, kept } = library.call('policyRun', params);
        const { keep } = params.policy;
        const byId = new Map(assets.map((asset) => [asset.id, asset]));
        for (const id of ids) {
          expect(params.pinned).not.toContain(id);
          expect(byId.get(id)?.protection).toBeNull();
          if (keep.type !== 'copy') continue;
          const hash = byId.get(id)?.contentHash;
          expect(hash).not.toBeNull();
          expect(assets.some((other) => other.contentHash === hash && !ids.includes(other.id))).toBe(true);
        }
        const byRule = kept.find(({ reason }) => reason === 'rule')?.count ?? 0;
        if (keep.type === 'none') expect(byRule).toBe(0);
        if (keep.type === 'first' && keep.of === 'view') expect(byRule).toBeLessThanOrEqual(keep.count);
        if (keep.type === 'first' && keep.of === 'job')
          expect(byRule).toBeLessThanOrEqual(keep.count * new Set(assets.map(({ jobId }) => jobId)).size);
      }),
    );
  });
});

const many = (...ids: readonly string[]): Asset[] =>
  ids.map((id) => anAsset({ id, name: `${id}.png`, sizeBytes: 100 }));
const plain: PolicyRunParams = {
  policy: { id: 'p', keep: { type: 'none' }, keepTags: [], action: { type: 'delete' } },
  ...{ filters: NO_FILTERS, pinned: [], now: NOW, record: true, policyIds: ['p'], longest: 100 },
};

describe('the difference to the last dry run', () => {
  it('is nothing to speak of at the first one', () => {
    fill(many('fox'));
    expect(library.call('policyRun', plain).difference).toBeNull();
    expect(library.call('policyRuns', { policyIds: ['p', 'q'] })).toEqual({
      p: { dryRun: { at: NOW, count: 1, upToBytes: 100, unknownSizes: 0 }, confirmed: null },
      q: { dryRun: null, confirmed: null },
    });
  });

  it('names what is new, what stays away, what is gone and what is the same', () => {
    fill(many('fox', 'hen', 'owl'));
    library.call('policyRun', plain);
    library.call('write', { assets: many('bee'), pass: 1 });
    library.call('remove', { ids: ['owl'] });
    const next = library.call('policyRun', { ...plain, pinned: ['hen'], now: NOW + 1 });
    expect(next.difference).toEqual({
      ...{ since: NOW, isOtherPolicy: false, countBefore: 3 },
      lists: {
        ...{ added: 1, same: 1, dropped: 1, gone: 1 },
        ...{ addedExamples: ['bee.png'], droppedExamples: ['hen.png'] },
      },
    });
  });

  it('is the same when the same run is carried out twice', () => {
    fill(many('fox', 'hen'));
    library.call('policyRun', plain);
    library.call('remove', { ids: ['hen'] });
    const next = { ...plain, now: NOW + 1 };
    const first = library.call('policyRun', next);
    expect(first.difference?.lists).toMatchObject({ gone: 1, same: 1 });
    expect(library.call('policyRun', next)).toEqual(first);
  });

  it('leaves a run that is only looked at out of it', () => {
    fill(many('fox'));
    library.call('policyRun', plain);
    const look = library.call('policyRun', { ...plain, now: NOW + 1, record: false });
    expect(look).toMatchObject({ ids: ['fox'], difference: null });
    expect(library.call('policyRun', { ...plain, now: NOW + 2 }).difference?.since).toBe(NOW);
  });

  it('says when the policy is not what it was', () => {
    fill(many('fox'));
    library.call('policyRun', plain);
    const policy = { ...plain.policy, keepTags: ['keep'] };
    const next = library.call('policyRun', { ...plain, policy, now: NOW + 1 });
    expect(next.difference?.isOtherPolicy).toBe(true);
  });

  it('forgets policies that are gone, and no other notes', () => {
    fill(many('fox'));
    library.call('policyRun', plain);
    library.call('note', { notes: { scan: 'half' } });
    library.call('policyRun', {
      ...plain,
      policy: { ...plain.policy, id: 'q' },
      policyIds: ['q'],
      now: NOW + 1,
    });
    expect(library.call('policyRuns', { policyIds: ['p'] })['p']?.dryRun).toBeNull();
    expect(library.call('policyRuns', { policyIds: ['q'] })['q']?.dryRun?.count).toBe(1);
    expect(library.call('notes', { keys: ['scan', 'policy-list:p'] })).toEqual({
      scan: 'half',
      'policy-list:p': null,
    });
  });
});

it('lists no more than was asked for, and says so', () => {
  fill(many('fox', 'hen', 'owl'));
  const short = { ...plain, longest: 2 };
  const { ids, isWhole, going } = library.call('policyRun', short);
  expect([ids, isWhole, going.count]).toEqual([['fox', 'hen'], false, 3]);
  const again = library.call('policyRun', { ...short, now: NOW + 1 });
  expect(again.difference).toMatchObject({ countBefore: 3, lists: null });
});
