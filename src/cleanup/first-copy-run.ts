import type { FirstCopy, JobItem, Problem } from '@/domain/job';
import type { PlanItem } from '@/domain/plan';

import { holdBefore, judgeAfter, type ContentLooking, type Held } from './first-copy';
import type { ItemEnd } from './send-item';

export interface FirstCopyRun {
  readonly looking: ContentLooking;
  /** What an earlier run deleted before it could look; null when nothing is deleted yet. */
  readonly deletedBefore: () => Promise<PlanItem | null>;
  /** The next item, written down as being sent; null when there are no more. */
  readonly next: () => Promise<JobItem | null>;
  /** Carries one out; resolves when its outcome is written down. */
  readonly send: (item: JobItem) => Promise<ItemEnd>;
  readonly note: (firstCopy: FirstCopy) => Promise<void>;
}

export interface FirstCopyEnd {
  /** Taken and not sent: to be sent, or put back when the job pauses. */
  readonly held: readonly JobItem[];
  /** Why nothing more may be deleted; null to go on, or when the run was stopped. */
  readonly problem: Problem | null;
}

/** Among so many, one is looked for whose other copy can be loaded. */
const MOST_TRIED = 5;

/** Deletes one copy and looks at the one that stays: nothing else is deleted before that is known to be whole. */
export async function sendFirstCopy(run: FirstCopyRun): Promise<FirstCopyEnd> {
  const earlier = await run.deletedBefore();
  if (earlier !== null) return { held: [], problem: await judge(run, earlier, null) };
  const held: JobItem[] = [];
  for (;;) {
    const found = await findLoadable(run, held);
    if (found === 'halted') return { held, problem: null };
    const { item, before } = found ?? { item: takeFirst(held), before: null };
    if (item === null) return { held, problem: null };
    const end = await run.send(item);
    if (end === 'open' || end === 'unsent') return { held, problem: null };
    if (end.state === 'deleted') {
      return { held, problem: await judge(run, item.item, before ?? { held: 'nothing' }) };
    }
  }
}

async function findLoadable({ looking, next }: FirstCopyRun, held: JobItem[]) {
  while (held.length < MOST_TRIED) {
    const item = await next();
    if (item === null) return null;
    const before: Held =
      item.item.keptCopyId === undefined ? { held: 'nothing' } : await holdBefore(looking, item.item);
    if (before.held === 'content') return { item, before };
    held.push(item);
    if (before.held === 'halted') return 'halted';
  }
  return null;
}

function takeFirst(held: JobItem[]): JobItem | null {
  const at = held.findIndex(({ item }) => item.keptCopyId !== undefined);
  return at < 0 ? null : (held.splice(at, 1)[0] ?? null);
}

async function judge(
  { looking, note }: FirstCopyRun,
  item: PlanItem,
  before: Held | null,
): Promise<Problem | null> {
  const verdict = await judgeAfter(looking, item, before);
  if (verdict === 'halted') return null;
  if (verdict.firstCopy !== null) await note(verdict.firstCopy);
  return 'problem' in verdict ? verdict.problem : null;
}
