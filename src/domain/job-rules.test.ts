import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { anAsset } from '@/testing/assets';

import { keptOfJob, type JobAsset, type JobRule } from './job-rules';

const NOTHING = { pinned: new Set<string>(), previewsInUse: new Set<string>() };
const made = (id: string, about: Partial<JobAsset> = {}): JobAsset => anAsset({ id, ...about });

/** Few values, so that many are equal. */
const anyOfJob: fc.Arbitrary<readonly JobAsset[]> = fc.uniqueArray(
  fc.record({
    id: fc.integer({ min: 1, max: 9 }).map(String),
    sizeBytes: fc.constantFrom(null, 0, 5, 10),
    tags: fc.subarray(['best', 'draft']),
    createdAt: fc.constantFrom(
      '2026-03-12T08:00:00Z',
      '2026-03-12T08:00:00.000Z',
      '2026-03-12T08:00:00.5Z',
      '2026-03-12T08:00:00.500001Z',
      '2026-03-12T08:00:10Z',
    ),
    protection: fc.constantFrom(null, null, null, 'immutable' as const, 'public' as const),
  }),
  { minLength: 1, maxLength: 9, selector: ({ id }) => id },
);
const anyRule: fc.Arbitrary<JobRule> = fc.oneof(
  fc.record({
    keep: fc.constantFrom('newest' as const, 'oldest' as const, 'largest' as const),
    count: fc.integer({ min: -1, max: 4 }),
  }),
  fc.record({ keep: fc.constant('tagged' as const), tag: fc.constantFrom('best', 'draft', 'nobody') }),
);
const someIds = fc.subarray(['1', '2', '3', '4']).map((ids) => new Set(ids));
const anyContext = fc.record({ pinned: someIds, previewsInUse: someIds });

/** In microseconds: dates of these tests have no more. */
const micros = (instant: string) => {
  const [, seconds = '', fraction = ''] = /^(.*?)(?:\.(\d+))?Z$/.exec(instant) ?? [];
  return Date.parse(`${seconds}Z`) * 1000 + Number(fraction.padEnd(6, '0'));
};

/** Whether the rule alone keeps it: counts who comes before it. */
function naive(assets: readonly JobAsset[], asset: JobAsset, rule: JobRule): boolean {
  const isBefore = (other: JobAsset, a: number, b: number) => a > b || (a === b && other.id < asset.id);
  const ahead = (value: (of: JobAsset) => number) =>
    assets.filter((other) => isBefore(other, value(other), value(asset))).length;
  switch (rule.keep) {
    case 'newest':
      return ahead(({ createdAt }) => micros(createdAt)) < Math.max(1, rule.count);
    case 'oldest':
      return ahead(({ createdAt }) => -micros(createdAt)) < Math.max(1, rule.count);
    case 'largest':
      return ahead(({ sizeBytes }) => sizeBytes ?? -1) < Math.max(1, rule.count);
    case 'tagged':
      return assets.some(({ tags }) => tags.includes(rule.tag))
        ? asset.tags.includes(rule.tag)
        : naive(assets, asset, { keep: 'newest', count: 1 });
  }
}

describe('what a rule keeps of a generation', () => {
  it('is what a naive rule keeps, and what must be kept anyway, each with its reason', () => {
    fc.assert(
      fc.property(anyOfJob, anyRule, anyContext, (assets, rule, context) => {
        const kept = keptOfJob(assets, rule, context);
        for (const asset of assets) {
          const reason = kept.get(asset.id) ?? null;
          if (asset.protection !== null) expect(reason).toBe(asset.protection);
          else if (context.pinned.has(asset.id)) expect(reason).toBe('pinned');
          else if (context.previewsInUse.has(asset.id)) expect(reason).toBe('preview-in-use');
          else expect(reason !== null).toBe(naive(assets, asset, rule));
        }
      }),
      { numRuns: 500 },
    );
  });

  it('is at least one asset, whatever the rule', () => {
    fc.assert(
      fc.property(anyOfJob, anyRule, anyContext, (assets, rule, context) => {
        expect(keptOfJob(assets, rule, context).size).toBeGreaterThan(0);
      }),
    );
  });

  it('does not depend on the order in which assets come', () => {
    fc.assert(
      fc.property(anyOfJob, anyRule, anyContext, (assets, rule, context) => {
        const turned = [...assets].reverse();
        expect(new Map([...keptOfJob(turned, rule, context)].sort())).toEqual(
          new Map([...keptOfJob(assets, rule, context)].sort()),
        );
      }),
    );
  });

  it('is the newest to the microsecond, and of equals the first by id', () => {
    const assets = [
      made('c', { createdAt: '2026-03-12T08:00:00.5Z' }),
      made('b', { createdAt: '2026-03-12T08:00:00.500001Z' }),
      made('a', { createdAt: '2026-03-12T08:00:00.500001000Z' }),
    ];
    expect([...keptOfJob(assets, { keep: 'newest', count: 1 }, NOTHING)]).toEqual([['a', 'newest']]);
  });

  it('is the newest where no asset has the tag that was chosen', () => {
    const assets = [made('old'), made('new', { createdAt: '2026-03-13T08:00:00Z' })];
    expect([...keptOfJob(assets, { keep: 'tagged', tag: 'best' }, NOTHING)]).toEqual([['new', 'newest']]);
  });

  it('is the pinned beside the newest, and not in its place', () => {
    const assets = [made('old'), made('older'), made('new', { createdAt: '2026-03-13T08:00:00Z' })];
    const kept = keptOfJob(assets, { keep: 'newest', count: 1 }, { ...NOTHING, pinned: new Set(['old']) });
    expect(new Map(kept)).toEqual(
      new Map([
        ['old', 'pinned'],
        ['new', 'newest'],
      ]),
    );
  });
});
