import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { anAsset } from '@/testing/assets';
import { naiveKeeper } from '@/testing/naive-keeper';

import type { Asset } from './asset';
import { chooseKeeper, extraCopies, KEEPER_RULES, type KeeperRule, type KeeperWish } from './keeper-rules';

const IDS = ['a', 'b', 'c', 'd', 'e', 'f'];
const anyCopies: fc.Arbitrary<readonly Asset[]> = fc.uniqueArray(
  fc
    .record({
      id: fc.constantFrom(...IDS),
      name: fc.constantFrom('fox.png', 'fox (1).png', '🦊.png', 'a.png'),
      tags: fc.array(fc.constantFrom('input', 'output', 'missing'), { maxLength: 3 }),
      createdAt: fc.constantFrom('2026-01-01T00:00:00Z', '2026-01-01T00:00:00.500Z', '2026-02-01T00:00:00Z'),
      protection: fc.constantFrom(null, null, null, 'immutable' as const, 'public' as const),
    })
    .map((about) => anAsset(about)),
  { selector: ({ id }) => id, minLength: 1 },
);
const anyRule: fc.Arbitrary<KeeperRule> = fc.oneof(
  fc.constantFrom(...KEEPER_RULES.filter((type) => type !== 'tagged')).map((type): KeeperRule => ({ type })),
  fc.constantFrom('input', 'output').map((tag): KeeperRule => ({ type: 'tagged', tag })),
);
const anyWish: fc.Arbitrary<KeeperWish> = fc.record({
  rules: fc.array(anyRule, { maxLength: 4 }),
  pinned: fc.subarray(IDS).map((ids) => new Set(ids)),
  chosen: fc.constantFrom(null, null, 'a', 'b', 'nobody'),
});

const always = (promise: (copies: readonly Asset[], wish: KeeperWish) => void) =>
  fc.assert(fc.property(anyCopies, anyWish, promise), { numRuns: 500 });

const choose = (copies: readonly Asset[], wish: KeeperWish) => {
  const choice = chooseKeeper(copies, wish);
  if (choice === null) throw new Error('There is no keeper.');
  return choice;
};
const kept = (copies: readonly Asset[], wish: Partial<KeeperWish>) =>
  choose(copies, { rules: [], pinned: new Set(), chosen: null, ...wish });

describe('the keeper of any copies by any rules', () => {
  it('is the one that a plain sort puts first', () => {
    always((copies, wish) => {
      expect(choose(copies, wish).keeper.id).toBe(naiveKeeper(copies, wish)?.id);
    });
  });

  it('does not depend on the order in which the copies come', () => {
    always((copies, wish) => {
      expect(choose([...copies].reverse(), wish)).toEqual(choose(copies, wish));
    });
  });

  it('is exactly one, and all others go but those that stay anyway', () => {
    always((copies, wish) => {
      const { keeper } = choose(copies, wish);
      const extras = extraCopies(copies, keeper, wish.pinned).map(({ id }) => id);
      for (const { id, protection } of copies) {
        const stays = id === keeper.id || protection !== null || wish.pinned.has(id);
        expect([id, extras.includes(id)]).toEqual([id, !stays]);
      }
    });
  });

  it('is better by no earlier rule than by a later one', () => {
    always((copies, { rules, pinned }) => {
      // One that a rule decides alone is not changed by what comes after it.
      const [first] = rules;
      if (first === undefined) return;
      const alone = kept(copies, { rules: [first], pinned });
      const decided = alone.reasons.every(({ type }) => type !== 'smallest-id');
      if (decided) expect(kept(copies, { rules, pinned }).keeper).toBe(alone.keeper);
    });
  });

  it('gives as reasons what narrowed the choice, each among fewer than the one before', () => {
    always((copies, wish) => {
      const counts = choose(copies, wish).reasons.flatMap((reason) => ('of' in reason ? [reason.of] : []));
      expect(counts).toEqual([...new Set(counts)].sort((left, right) => right - left));
      expect(counts.every((count) => count > 1 && count <= copies.length)).toBe(true);
    });
  });
});

describe('chooseKeeper', () => {
  const old = anAsset({ id: 'old', createdAt: '2026-01-01T00:00:00Z', name: 'long name.png' });
  const young = anAsset({ id: 'young', createdAt: '2026-02-01T00:00:00Z', name: 'x.png', tags: ['keep'] });

  it.each([
    [{ type: 'oldest' }, 'old'],
    [{ type: 'newest' }, 'young'],
    [{ type: 'most-tags' }, 'young'],
    [{ type: 'shortest-name' }, 'young'],
    [{ type: 'tagged', tag: 'keep' }, 'young'],
  ] as const)('goes by %j', (rule, keeper) => {
    expect(kept([old, young], { rules: [rule] })).toEqual({
      keeper: keeper === 'old' ? old : young,
      reasons: [{ type: 'rule', rule, of: 2 }],
    });
  });

  it('goes by the first rule that tells them apart', () => {
    const rules = [{ type: 'pinned' }, { type: 'newest' }] as const;
    expect(kept([old, young], { rules }).keeper.id).toBe('young');
    expect(kept([old, young], { rules, pinned: new Set(['old']) }).keeper.id).toBe('old');
  });

  it('takes the one that the person chose, whatever the rules say', () => {
    const choice = kept([old, young], { rules: [{ type: 'oldest' }], chosen: 'young' });
    expect(choice).toEqual({ keeper: young, reasons: [{ type: 'by-hand' }] });
  });

  it('takes one that cannot be deleted, so that the others need not stay', () => {
    const locked = anAsset({ ...young, protection: 'immutable' });
    expect(kept([old, locked], { rules: [{ type: 'oldest' }] })).toEqual({
      keeper: locked,
      reasons: [{ type: 'protected', of: 2 }],
    });
  });

  it('never takes one without its file while another has it', () => {
    const lost = anAsset({ ...old, tags: ['missing'], protection: 'immutable' });
    expect(kept([lost, young], { rules: [{ type: 'oldest' }] }).keeper.id).toBe('young');
  });

  it('has nothing to choose from nothing', () => {
    expect(chooseKeeper([], { rules: [], pinned: new Set(), chosen: null })).toBeNull();
  });
});
