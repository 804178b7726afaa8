import type { Asset } from '@/domain/asset';
import { HttpError } from '@/domain/errors';
import type { FirstCopy, Problem } from '@/domain/job';
import type { PlanItem } from '@/domain/plan';
import { isolate } from '@/lib/isolate';

import { Halted } from './connection-gate';
import { canLoad, isSameContent, readContent, type Content, type ContentSource } from './copy-content';
import { isCopyOf } from './kept-copies';
import { look, type Looking } from './look';
import { pause } from './pause';
import { plainProblem, problemOf } from './problem';
import { delayBeforeNextTry, mayPass } from './tries';

export interface ContentLooking extends Looking {
  readonly provider: Looking['provider'] & ContentSource;
}

/** What the copy that stays holds. */
export type Held =
  | { readonly held: 'content'; readonly content: Content }
  /** There is nothing to load, or it does not load. */
  | { readonly held: 'nothing' }
  | { readonly held: 'unclear'; readonly error: unknown }
  | { readonly held: 'halted' };

export type Verdict =
  | { readonly firstCopy: Extract<FirstCopy, 'intact' | 'record-only'> }
  /** `firstCopy` is null when nobody could find out. */
  | { readonly firstCopy: 'damaged' | null; readonly problem: Problem }
  | 'halted';

/** With the copy in front that shows most when it is deleted first: a picture, and a small one. */
export function withBestFirst(items: readonly PlanItem[]): readonly PlanItem[] {
  const [first] = items;
  if (first === undefined) return items;
  const best = items.reduce((one, other) => (showsMore(other, one) ? other : one), first);
  return [best, ...items.filter((item) => item !== best)];
}

function showsMore(one: PlanItem, other: PlanItem): boolean {
  const rank = ({ keptCopyId, preview, previewAssetId, kind }: PlanItem): number =>
    keptCopyId === undefined || preview === null || previewAssetId !== null ? 0 : kind === 'image' ? 2 : 1;
  const [left, right] = [rank(one), rank(other)];
  return left > right || (left === right && (one.sizeBytes ?? Infinity) < (other.sizeBytes ?? Infinity));
}

/** Loads the copy that stays, before anything is deleted: only what loads now can be seen to be damaged later. */
export async function holdBefore(looking: ContentLooking, item: PlanItem): Promise<Held> {
  const seen = await look(looking, item.keptCopyId ?? '', { whenStopping: false });
  if (seen.found === 'halted') return { held: 'halted' };
  return seen.found === 'asset' ? load(looking, seen.asset) : { held: 'nothing' };
}

/**
 * Whether the copy that stays is what it was, now that another is gone: they may have shared their stored bytes.
 * @param before null when it was not loaded before: then it has to load now, if there is anything to load
 */
export async function judgeAfter(
  looking: ContentLooking,
  item: PlanItem,
  before: Held | null,
): Promise<Verdict> {
  const { label } = looking.provider.connection;
  const damaged = (what: string): Verdict => ({
    firstCopy: 'damaged',
    problem: plainProblem(
      'The copy that stays is damaged',
      `${isolate(item.name)} was deleted first, to see what happens: the copy that stays ${what}. Nothing more was deleted. ${label} may keep one file for several assets.`,
    ),
  });
  const seen = await look(looking, item.keptCopyId ?? '', { whenStopping: false });
  if (seen.found === 'halted') return 'halted';
  if (seen.found === 'gone') return damaged('is gone as well');
  if (seen.found !== 'asset') return unclear(seen.error);
  if (!isCopyOf(seen.asset, item)) return damaged('has another content now, or none');
  if (before?.held === 'nothing') return { firstCopy: 'record-only' };
  if (before === null && !canLoad(looking.provider, seen.asset)) return { firstCopy: 'record-only' };
  const after = await load(looking, seen.asset);
  switch (after.held) {
    case 'halted':
      return 'halted';
    case 'unclear':
      return unclear(after.error);
    case 'nothing':
      return damaged('does not load any more');
    case 'content':
      return before?.held === 'content' && !isSameContent(before.content, after.content)
        ? damaged('loads as something else than before')
        : { firstCopy: 'intact' };
  }
}

const unclear = (error: unknown): Verdict => ({ firstCopy: null, problem: problemOf(error) });

/** Up to three times, where trying again may help. */
async function load({ provider, gate, halted }: ContentLooking, asset: Asset): Promise<Held> {
  if (!canLoad(provider, asset)) return { held: 'nothing' };
  // A storage host's 403 is not the connection refusing its key.
  const isOwn = provider.previewSource(asset, 'full')?.type === 'authenticated';
  const read = () => readContent(provider, asset);
  for (let tries = 1; ; tries += 1) {
    try {
      const content = await (isOwn ? gate.send(read) : read());
      return content === null ? { held: 'nothing' } : { held: 'content', content };
    } catch (error) {
      if (error instanceof Halted) return { held: 'halted' };
      if (error instanceof HttpError && !mayPass(error)) return { held: 'nothing' };
      const delay = delayBeforeNextTry(tries, error);
      if (delay === null) return { held: 'unclear', error };
      await pause(delay, halted);
      if (halted.aborted) return { held: 'halted' };
    }
  }
}
