import type { Asset } from '@/domain/asset';
import { foldText } from '@/domain/fold-text';
import type { DuplicatesQuestion } from '@/library/store/duplicates';

import { naiveKeeper } from './naive-keeper';
import { compare, naiveMatching, naiveSorted } from './naive-library';

export interface NaiveGroup {
  readonly key: string;
  readonly copies: readonly Asset[];
  readonly keeper: Asset;
  readonly extras: readonly Asset[];
  readonly bytes: number | null;
  /** How many could go if one stays. */
  readonly spare: number;
}

/** Every group of copies, in the order of the pages: a twin of the questions about duplicates in plain array code. */
export function naiveDuplicates(
  assets: readonly Asset[],
  question: DuplicatesQuestion,
): readonly NaiveGroup[] {
  const { likeness, filters, now, wish, hidden, onlyHidden } = question;
  const pinned = new Set(wish.pinned);
  const matching = new Set(naiveMatching(assets, filters, now));
  const keys = new Set(assets.map((asset) => keyOf(asset)));
  return [...keys]
    .filter((key) => key !== null)
    .filter(
      (key) =>
        key.startsWith(likeness === 'same' ? 'hash ' : 'maybe ') && hidden.includes(key) === onlyHidden,
    )
    .map((key): NaiveGroup => {
      const copies = naiveSorted(
        assets.filter((asset) => keyOf(asset) === key),
        'created_at',
        'asc',
      );
      const chosen = wish.chosen.find(([of]) => of === key)?.[1] ?? null;
      const keeper = naiveKeeper(copies, { rules: wish.rules, pinned, chosen })!;
      const hits = copies.filter((copy) => matching.has(copy));
      const sizes = copies.flatMap(({ sizeBytes }) => (sizeBytes === null ? [] : [sizeBytes]));
      return {
        ...{ key, copies, keeper },
        extras: hits.filter((copy) => copy !== keeper && copy.protection === null && !pinned.has(copy.id)),
        bytes: sizes.length === 0 ? null : Math.max(...sizes),
        spare: Math.min(hits.length, copies.length - 1),
      };
    })
    .filter(({ copies, spare }) => copies.length > 1 && spare > 0)
    .sort(byRoom);
}

/** What could be freed, most first, unknown last; then by hash (what is not hex before what is), or name and size. */
function byRoom(left: NaiveGroup, right: NaiveGroup): number {
  const unknown = Number(left.bytes === null) - Number(right.bytes === null);
  const room = (right.bytes ?? 0) * right.spare - (left.bytes ?? 0) * left.spare;
  return unknown || room || compare(orderOf(left.key), orderOf(right.key));
}

function orderOf(key: string): string {
  if (key.startsWith('maybe ')) {
    const [, size = '', name = ''] = /^maybe (\d+) (.*)$/s.exec(key) ?? [];
    return `${name}\u0000${size.padStart(15, '0')}`;
  }
  const hash = key.slice('hash '.length);
  return `${/^(?:[0-9a-f]{2})+$/.test(hash) ? '1' : '0'} ${hash}`;
}

function keyOf({ contentHash, sizeBytes, name, ownName }: Asset): string | null {
  if (contentHash !== null) return `hash ${contentHash}`;
  const [shown, own] = [foldText(name), foldText(ownName ?? '')];
  const searched = own === '' || shown.includes(own) ? shown : `${shown}\n${own}`;
  return sizeBytes === null ? null : `maybe ${sizeBytes} ${searched}`;
}
