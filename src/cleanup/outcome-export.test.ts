import papa from 'papaparse';
import { expect, it } from 'vitest';

import { ITEM_STATES, type Job, type JobItem, type Problem } from '@/domain/job';
import type { PlanAction } from '@/domain/plan';
import { anAsset } from '@/testing/assets';

import { exportOutcome } from './outcome-export';

const DELETE: PlanAction = { type: 'delete' };
const REMOVE: PlanAction = { type: 'remove-tags', tags: ['draft', 'wip'] };

const jobFor = (action: PlanAction): Job => ({
  ...{ id: 'job', connectionId: 'cloud', connectionLabel: 'Cloud', providerKind: 'comfy-cloud', action },
  ...{ createdAt: 0, phase: 'done', graceUntil: null, pause: null, cancelledBy: null, checksChanges: true },
  counts: Object.fromEntries(ITEM_STATES.map((state) => [state, 0])) as unknown as Job['counts'],
  ...{
    total: 3,
    upToBytes: 0,
    unknownSizes: 0,
    leftOut: [],
    retries: null,
    attended: false,
    endedAt: 1,
    verification: null,
  },
});

const problem: Problem = {
  ...{ title: 'In use', hint: 'Later', message: '=cmd(), "now"', status: 409, code: 'ASSET_IN_USE' },
  requestId: 'req-7',
};
const settledAt = Date.UTC(2026, 2, 12, 8);

const ITEMS: readonly JobItem[] = [
  {
    ...{ index: 0, state: 'edited', item: { ...anAsset({ id: 'fox' }), changeTags: ['draft', 'wip'] } },
    outcome: {
      ...{ state: 'edited', problem: null, changedTags: ['draft'], unchangedTags: ['wip'], settledAt },
    },
  },
  {
    ...{ index: 1, state: 'protected', item: { ...anAsset({ id: 'owl', name: '+owl' }), changeTags: [] } },
    outcome: { state: 'protected', problem, changedTags: [], unchangedTags: [], settledAt },
  },
  { index: 2, state: 'queued', item: { ...anAsset({ id: 'elk' }), changeTags: [] }, outcome: null },
];

/** In batches, one of them empty. */
async function* batches() {
  yield await Promise.resolve(ITEMS.slice(0, 1));
  yield [];
  yield ITEMS.slice(1);
}

const exported = async (action: PlanAction, format: 'csv' | 'jsonl') =>
  (await exportOutcome(jobFor(action), batches(), format)).text();
const rowsOf = (text: string) =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);

it('tells for each asset how it ended, and what the provider said', async () => {
  const rows = rowsOf(await exported(REMOVE, 'jsonl'));
  expect(rows).toMatchObject([
    {
      ...{ id: 'fox', action: 'remove-tags: draft, wip', change_tags: ['draft', 'wip'], state: 'edited' },
      ...{ changed_tags: ['draft'], unchanged_tags: ['wip'], settled_at: '2026-03-12T08:00:00.000Z' },
      ...{ problem: null, message: null, http_status: null, code: null, request_id: null },
    },
    {
      ...{ id: 'owl', state: 'protected', changed_tags: [], problem: 'In use', message: '=cmd(), "now"' },
      ...{ http_status: 409, code: 'ASSET_IN_USE', request_id: 'req-7' },
    },
    { id: 'elk', state: 'queued', settled_at: null, problem: null },
  ]);
});

it('has in CSV what it has in JSON Lines, with nothing that a spreadsheet would run', async () => {
  const text = await exported(DELETE, 'csv');
  const { data, errors, meta } = papa.parse<Record<string, string>>(text, {
    ...{ header: true, skipEmptyLines: true, delimiter: ',', newline: '\r\n' },
  });
  expect(errors).toEqual([]);
  const rows = rowsOf(await exported(DELETE, 'jsonl'));
  expect(rows.map((row) => Object.keys(row))).toEqual(rows.map(() => meta.fields));
  expect(meta.fields).toEqual([
    ...['id', 'name', 'size_bytes', 'content_hash', 'tags', 'created_at', 'updated_at', 'last_accessed_at'],
    ...['action', 'state', 'changed_tags', 'unchanged_tags', 'settled_at'],
    ...['problem', 'message', 'http_status', 'code', 'request_id'],
  ]);
  expect(data).toMatchObject([
    { id: 'fox', changed_tags: '["draft"]', http_status: '' },
    { id: 'owl', name: "'+owl", message: `'=cmd(), "now"`, http_status: '409' },
    { id: 'elk', state: 'queued', settled_at: '' },
  ]);
});

it('names the tags to change only where tags are changed', async () => {
  expect(await exported(DELETE, 'csv')).not.toContain('change_tags');
  expect((await exported(REMOVE, 'csv')).split('\r\n')[0]).toContain('action,change_tags,state,changed_tags');
});
