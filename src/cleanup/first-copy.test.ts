import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import type { Asset } from '@/domain/asset';
import type { Job } from '@/domain/job';
import type { PlanItem } from '@/domain/plan';
import { anAsset } from '@/testing/assets';
import { PretendHost } from '@/testing/pretend-host';
import { JOB, ledgerWith, runToEnd } from '@/testing/run-jobs';
import type { Script } from '@/testing/scripts';

import { withBestFirst } from './first-copy';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** Two copies of each content: `a1` and `k1` of the first, and so on. The `k`s stay. */
function copies(count: number, about: Partial<Asset> = {}) {
  const numbers = Array.from({ length: count }, (_, at) => at + 1);
  const make = (id: string, number: number) =>
    anAsset({
      ...{ id, contentHash: `hash${number}` },
      preview: { url: id, access: 'connection', isImage: true, expiresAt: null },
      ...about,
    });
  const items: PlanItem[] = numbers.map((number) => ({
    ...make(`a${number}`, number),
    changeTags: [],
    keptCopyId: `k${number}`,
  }));
  return { items, records: numbers.flatMap((at) => [make(`a${at}`, at), make(`k${at}`, at)]) };
}

const png = (text: string) => new Blob([text], { type: 'image/x-made-up' });

async function run(
  { items, records }: ReturnType<typeof copies>,
  options: {
    readonly script?: Script;
    readonly job?: Partial<Job>;
    /** Somebody else's doing, before the run. */
    readonly change?: (host: PretendHost) => void;
    /** Right after a deletion is sent. */
    readonly onDelete?: (host: PretendHost) => void;
    readonly content?: (id: string, host: PretendHost) => Blob;
    readonly abortAfter?: number;
  } = {},
) {
  const { script = {}, job = { firstCopy: 'pending' }, abortAfter = null, content = png } = options;
  const ledger = await ledgerWith(items, job);
  const pretend: PretendHost = new PretendHost(records, script, {
    contentOf: (id) => content(id, pretend),
    onSend: ({ verb }) => {
      if (verb === 'DELETE') options.onDelete?.(pretend);
    },
  });
  options.change?.(pretend);
  const trial = await runToEnd(pretend, ledger, { abortAfter });
  const kept = await read(ledger.job(JOB));
  return { ...trial, host: pretend, ledger, job: kept };
}

async function read<T>(promise: Promise<T>): Promise<T> {
  await vi.runAllTimersAsync();
  return promise;
}

const deletions = (host: PretendHost) => host.requests('DELETE').map(({ id }) => id);

describe('a job that deletes one copy first', () => {
  it('looks at the copy that stays, and goes on when it loads as before', async () => {
    const { host, states, job, end } = await run(copies(6));
    const asked = host.sent.slice(0, 6).map(({ verb, id }) => `${verb} ${id}`);
    expect(asked).toEqual(['GET k1', 'READ k1', 'GET k1', 'DELETE a1', 'GET k1', 'READ k1']);
    // Only then the next.
    expect(host.requests('DELETE', 'a2')[0]?.at).toBeGreaterThanOrEqual(
      host.requests('READ')[1]?.answered?.at ?? Infinity,
    );
    expect(new Set(states)).toEqual(new Set(['deleted']));
    expect(job?.firstCopy).toBe('intact');
    expect(end).toEqual({ cause: 'finished' });
  });

  it.each<[string, (id: string) => Blob]>([
    ['is empty', () => new Blob()],
    ['is something else', () => png('not found')],
    ['is of another type', (id) => new Blob([id], { type: 'text/html' })],
  ])('stops when what the copy that stays loads %s', async (_, after) => {
    const { states, job, end, host, ledger } = await run(copies(6), {
      content: (id, { assets }) => (assets.has('a1') ? png(id) : after(id)),
    });
    const oneGone = ['deleted', ...Array.from({ length: 5 }, () => 'queued')];
    expect(states).toEqual(oneGone);
    expect(job?.firstCopy).toBe('damaged');
    const pause = { cause: 'first-copy', problem: { title: 'The copy that stays is damaged' } };
    expect(end).toMatchObject({ cause: 'paused', pause });
    if (after('x').size > 0) return;
    // However often it is asked to go on.
    const again = await runToEnd(host, ledger);
    expect(again.states).toEqual(oneGone);
    expect(again.end).toMatchObject({ cause: 'paused', pause });
  });

  it('stops when the copy that stays goes as well', async () => {
    const { states, end } = await run(copies(3), { onDelete: ({ records }) => records.delete('k1') });
    expect(states).toEqual(['deleted', 'queued', 'queued']);
    expect(end).toMatchObject({ pause: { cause: 'first-copy', problem: { hint: /is gone as well/ } } });
  });

  it('stops when nobody can see how the copy that stays is, and looks again when asked', async () => {
    const failing = Array.from({ length: 3 }, () => ({ ending: 'failing', after: 10 }) as const);
    const truth = { ending: 'truth', after: 10 } as const;
    const made = copies(3);
    const first = await run(made, { script: { 'READ k1': [truth, ...failing] } });
    expect(first.states).toEqual(['deleted', 'queued', 'queued']);
    expect(first.job?.firstCopy).toBe('pending');
    expect(first.end).toMatchObject({ pause: { cause: 'first-copy', problem: { status: 500 } } });
    const sent = first.host.sent.length;
    const again = await runToEnd(first.host, first.ledger);
    expect(first.host.sent.slice(sent, sent + 2).map(({ verb, id }) => `${verb} ${id}`)).toEqual([
      'GET k1',
      'READ k1',
    ]);
    expect(again.states).toEqual(['deleted', 'deleted', 'deleted']);
  });

  it('chooses a group whose other copy loads now', async () => {
    const { host, states } = await run(copies(4), {
      content: (id) => (id === 'k1' || id === 'k2' ? new Blob() : png(id)),
    });
    expect(deletions(host)[0]).toBe('a3');
    expect(states.every((state) => state === 'deleted')).toBe(true);
  });

  it('goes by the record alone when nothing of any copy can be loaded', async () => {
    const { host, states, job } = await run(copies(8, { preview: null }));
    expect(deletions(host)[0]).toBe('a1');
    expect(host.requests('READ')).toEqual([]);
    expect(states.every((state) => state === 'deleted')).toBe(true);
    expect(job?.firstCopy).toBe('record-only');
  });

  it('takes the next when the first could not be deleted', async () => {
    const { host, states, job } = await run(copies(3), {
      script: { 'DELETE a1': [{ ending: 'conflict', after: 10 }] },
    });
    expect(deletions(host)).toEqual(['a1', 'a2', 'a3']);
    expect(states).toEqual(['protected', 'deleted', 'deleted']);
    expect(job?.firstCopy).toBe('intact');
  });

  it('deletes nothing more when it is stopped in between', async () => {
    const { states, end } = await run(copies(3), { abortAfter: 45 });
    expect(states.filter((state) => state === 'deleted').length).toBeLessThanOrEqual(1);
    expect(states.filter((state) => state === 'sending')).toEqual([]);
    expect(end).toEqual({ cause: 'stopped' });
  });
});

describe('a duplicate', () => {
  const plain = { job: {} };

  it('stays when the copy to keep is gone', async () => {
    const { states, items, host } = await run(copies(3), {
      ...plain,
      change: (host) => host.records.delete('k2'),
    });
    expect(states).toEqual(['deleted', 'protected', 'deleted']);
    expect(items.get('a2')?.outcome?.problem?.title).toBe('The copy to keep is gone');
    expect(host.assets.has('a2')).toBe(true);
  });

  it.each<[string, Partial<Asset>]>([
    ['has another content', { contentHash: 'other' }],
    ['lost its file', { tags: ['missing'] }],
  ])('stays when the copy to keep %s', async (_, change) => {
    const { states } = await run(copies(2), {
      ...plain,
      change: (host) => host.records.set('k1', { ...anAsset({ id: 'k1', contentHash: 'hash1' }), ...change }),
    });
    expect(states).toEqual(['protected', 'deleted']);
  });

  it('stays when nobody can see whether the copy to keep is there', async () => {
    const failing = Array.from({ length: 3 }, () => ({ ending: 'failing', after: 10 }) as const);
    const { states, host } = await run(copies(2), { ...plain, script: { 'GET k1': failing } });
    expect(states).toEqual(['failed-retryable', 'deleted']);
    expect(deletions(host)).toEqual(['a2']);
  });

  it('is looked after again when its turn comes late', async () => {
    const { host, states } = await run(copies(1), {
      ...plain,
      script: { 'DELETE a1': [{ ending: 'limited for 90 s', after: 10 }] },
      onDelete: ({ records }) => records.delete('k1'),
    });
    expect(deletions(host)).toEqual(['a1']);
    expect(states).toEqual(['protected']);
  });

  it('does not cost a look each where many have one content', async () => {
    const { items, records } = copies(20);
    const same = { contentHash: 'same' };
    const { host, states } = await run(
      {
        items: items.map((item) => ({ ...item, ...same, keptCopyId: 'k1' })),
        records: records.map((record) => ({ ...record, ...same })),
      },
      plain,
    );
    expect(states.every((state) => state === 'deleted')).toBe(true);
    // As many as go at once, before the first answer.
    expect(host.requests('GET').length).toBeLessThan(8);
  });
});

describe('withBestFirst', () => {
  it('puts a small picture in front, and loses nothing', () => {
    const { items } = copies(3);
    const [first, second, third] = items as [PlanItem, PlanItem, PlanItem];
    const film = { ...first, kind: 'video' as const, sizeBytes: 1 };
    const large = { ...second, sizeBytes: 5_000 };
    const small = { ...third, sizeBytes: 500 };
    expect(withBestFirst([film, large, small])).toEqual([small, film, large]);
    expect(withBestFirst([])).toEqual([]);
  });
});
