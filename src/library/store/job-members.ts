import type { JsonValue } from '@/domain/asset';
import { keptOfJob, type JobAsset, type JobRule, type KeptBecause } from '@/domain/job-rules';

import { protectionOf } from './asset-row';
import { isJsonList, parseJson } from './json';
import { fromMicros } from './micros';
import { asText, type Sql } from './sql';

/** What stays of each job. */
export interface Keeping {
  readonly rule: JobRule;
  /** Ids. */
  readonly pinned: readonly string[];
}

/** What a rule looks at, and what it makes of it. */
export interface Member extends JobAsset {
  readonly seq: number;
  /** Why it stays; null when it may go. */
  readonly kept: KeptBecause | null;
}

interface Unjudged extends JobAsset {
  readonly seq: number;
  /** As the preview of another asset. */
  readonly isShown: boolean;
}

/**
 * All assets of these jobs, newest first, and what the rule keeps of each job. A job is one row of the answer: to hand a
 * million rows over one by one takes many times as long as to find them.
 */
export function readMembers(
  sql: Sql,
  jobIds: readonly string[],
  { rule, pinned }: Keeping,
): ReadonlyMap<string, readonly Member[]> {
  const tags = '(SELECT json(names) FROM tag_sets WHERE tag_sets.tag_set = library.tag_set)';
  const isShown =
    'EXISTS (SELECT 1 FROM assets AS owner WHERE owner.preview_id = library.id AND owner.id <> library.id)';
  const rows = sql.all(
    `SELECT job, json_group_array(
       json_array(seq, id, size, created, protection, ${isShown}, ${rule.keep === 'tagged' ? tags : "json('[]')"})
       ORDER BY created DESC, id
     ) AS members
     FROM library WHERE job IN (SELECT value FROM json_each(?)) GROUP BY job`,
    [JSON.stringify(jobIds)],
  );
  const found = new Map(rows.map((row) => [asText(row['job']), membersOf(asText(row['members']))]));
  const pinnedIds = new Set(pinned);
  return new Map(
    jobIds.map((jobId) => {
      const members = found.get(jobId) ?? [];
      const previewsInUse = new Set(members.filter(({ isShown: shown }) => shown).map(({ id }) => id));
      const kept = keptOfJob(members, rule, { pinned: pinnedIds, previewsInUse });
      return [jobId, members.map((member) => ({ ...member, kept: kept.get(member.id) ?? null }))];
    }),
  );
}

function membersOf(json: string): readonly Unjudged[] {
  const members = parseJson(json);
  return isJsonList(members) ? members.flatMap(memberOf) : [];
}

function memberOf(value: JsonValue): readonly Unjudged[] {
  if (!isJsonList(value)) return [];
  const [seq, id, size, created, protection, isShown, tags = []] = value;
  if (typeof seq !== 'number' || typeof id !== 'string' || typeof created !== 'number') return [];
  return [
    {
      seq,
      id,
      sizeBytes: typeof size === 'number' ? size : null,
      createdAt: fromMicros(created),
      protection: typeof protection === 'string' ? protectionOf(protection) : null,
      isShown: isShown === 1,
      tags: isJsonList(tags) ? tags.filter((tag) => typeof tag === 'string') : [],
    },
  ];
}
