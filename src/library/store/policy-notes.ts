import * as v from 'valibot';

import type { LibraryFilters } from '@/domain/library-query';
import type { Policy } from '@/domain/saved-view';

import { readNotes, setNotes } from './notes';
import { asText, type Sql } from './sql';

/** How many names are given of what is different. */
const EXAMPLES = 5;

/** How a run differs from the one before. */
export interface PolicyDifference {
  /** When that was: ms since 1970. */
  readonly since: number;
  /** The policy or its view is not what it was then. */
  readonly isOtherPolicy: boolean;
  readonly countBefore: number;
  /** Null when one of the lists is too long to be compared. */
  readonly lists: ListDifference | null;
}

interface ListDifference {
  readonly added: number;
  readonly same: number;
  /** No longer on the list, and still in the library. */
  readonly dropped: number;
  /** No longer in the library. */
  readonly gone: number;
  /** Names of some. */
  readonly addedExamples: readonly string[];
  readonly droppedExamples: readonly string[];
}

/** What a policy asks, as far as runs are told apart by it. */
export interface PolicyQuestion {
  readonly policy: Pick<Policy, 'id' | 'keep' | 'keepTags' | 'action'>;
  /** Of its view. */
  readonly filters: LibraryFilters;
  /** Ids of all policies that there are: runs of others are forgotten. */
  readonly policyIds: readonly string[];
}

interface RunNow {
  readonly at: number;
  readonly going: { readonly count: number; readonly upToBytes: number; readonly unknownSizes: number };
  readonly isWhole: boolean;
  /** By id, those on the list. */
  readonly names: ReadonlyMap<string, string>;
}

const names = v.array(v.string());
const differenceSchema = v.object({
  ...{ since: v.number(), isOtherPolicy: v.boolean(), countBefore: v.number() },
  lists: v.nullable(
    v.object({
      ...{ added: v.number(), same: v.number(), dropped: v.number(), gone: v.number() },
      ...{ addedExamples: names, droppedExamples: names },
    }),
  ),
});
const dryRunSchema = v.object({
  ...{ at: v.number(), count: v.number(), upToBytes: v.number(), unknownSizes: v.number() },
  /** What was asked, as text. */
  asked: v.string(),
  difference: v.nullable(differenceSchema),
});
const confirmedSchema = v.object({ at: v.number(), count: v.number() });

/** What came of a policy at this connection the last time; null is never. */
export interface PastRuns {
  readonly dryRun: Omit<v.InferOutput<typeof dryRunSchema>, 'asked' | 'difference'> | null;
  /** A person confirmed the plan that was made of the list. */
  readonly confirmed: v.InferOutput<typeof confirmedSchema> | null;
}

const dryRunKey = (policyId: string) => `policy:${policyId}`;
/** Apart, since it can be long. */
const listKey = (policyId: string) => `policy-list:${policyId}`;
const confirmedKey = (policyId: string) => `policy-confirmed:${policyId}`;

/** Notes that a person confirmed what a dry run listed. */
export const confirmedNote = (policyId: string, at: number, count: number) => ({
  [confirmedKey(policyId)]: { at, count },
});

/** @returns by id of the policy */
export function readPastRuns(
  sql: Sql,
  { policyIds }: { readonly policyIds: readonly string[] },
): Readonly<Record<string, PastRuns>> {
  const notes = readNotes(sql, { keys: policyIds.flatMap((id) => [dryRunKey(id), confirmedKey(id)]) });
  return Object.fromEntries(
    policyIds.map((id): [string, PastRuns] => {
      const dryRun = parsed(dryRunSchema, notes[dryRunKey(id)]);
      return [
        id,
        {
          dryRun: dryRun && {
            ...{ at: dryRun.at, count: dryRun.count },
            ...{ upToBytes: dryRun.upToBytes, unknownSizes: dryRun.unknownSizes },
          },
          confirmed: parsed(confirmedSchema, notes[confirmedKey(id)]),
        },
      ];
    }),
  );
}

/** Compares a run with the last one and takes its place. A run that is carried out twice is the same one. */
export function compareWithLast(
  sql: Sql,
  { policy: { id, keep, keepTags, action }, filters, policyIds }: PolicyQuestion,
  now: RunNow,
): PolicyDifference | null {
  const notes = readNotes(sql, { keys: [dryRunKey(id), listKey(id)] });
  const last = parsed(dryRunSchema, notes[dryRunKey(id)]);
  if (last?.at === now.at) return last.difference;
  const list = parsed(v.array(v.string()), notes[listKey(id)]);
  const asked = JSON.stringify([filters, keep, keepTags, action]);
  const difference = last && {
    ...{ since: last.at, isOtherPolicy: last.asked !== asked, countBefore: last.count },
    lists: list !== null && now.isWhole ? compareLists(sql, list, now.names) : null,
  };
  sql.transaction(() => {
    forgetOthers(sql, policyIds);
    const { count, upToBytes, unknownSizes } = now.going;
    setNotes(sql, {
      [dryRunKey(id)]: { at: now.at, count, upToBytes, unknownSizes, asked, difference: asJson(difference) },
      [listKey(id)]: now.isWhole ? [...now.names.keys()] : null,
    });
  });
  return difference;
}

function compareLists(sql: Sql, before: readonly string[], now: ReadonlyMap<string, string>): ListDifference {
  const wasThere = new Set(before);
  const added = [...now.keys()].filter((id) => !wasThere.has(id));
  const missing = before.filter((id) => !now.has(id));
  const left = sql.all(
    'SELECT name FROM json_each(?) AS ids JOIN assets ON assets.id = ids.value ORDER BY created, assets.id',
    [JSON.stringify(missing)],
  );
  return {
    ...{ added: added.length, same: now.size - added.length },
    ...{ dropped: left.length, gone: missing.length - left.length },
    addedExamples: added.slice(0, EXAMPLES).map((id) => now.get(id) ?? id),
    droppedExamples: left.slice(0, EXAMPLES).map(({ name }) => asText(name)),
  };
}

/** Policies that were deleted, in whichever tab. */
function forgetOthers(sql: Sql, policyIds: readonly string[]): void {
  sql.run(
    `DELETE FROM notes WHERE key GLOB 'policy*:*'
    AND substr(key, instr(key, ':') + 1) NOT IN (SELECT value FROM json_each(?))`,
    [JSON.stringify(policyIds)],
  );
}

const parsed = <T>(schema: v.GenericSchema<unknown, T>, note: unknown): T | null => {
  const result = v.safeParse(schema, note);
  return result.success ? result.output : null;
};

const asJson = (difference: PolicyDifference | null) =>
  difference && { ...difference, lists: difference.lists && { ...difference.lists } };
