import fc from 'fast-check';
import papa from 'papaparse';
import { describe, expect, it } from 'vitest';

import type { PlanAction } from '@/domain/plan';
import { anAsset, anyAsset } from '@/testing/assets';

import { makeManifest } from './manifest';

const DELETE: PlanAction = { type: 'delete' };

const COLUMNS = [
  ...['id', 'name', 'size_bytes', 'content_hash', 'tags'],
  ...['created_at', 'updated_at', 'last_accessed_at', 'action'],
];

/** A CSV reader that is not strict would hide broken quoting. */
function readCsv(text: string): Record<string, string>[] {
  const { data, errors } = papa.parse<Record<string, string>>(text, {
    ...{ header: true, skipEmptyLines: true, delimiter: ',', newline: '\r\n' },
  });
  expect(errors).toEqual([]);
  return data;
}
const csvOf = async (...assets: Parameters<typeof makeManifest>[0]) =>
  readCsv(await (await makeManifest(assets, DELETE, 'csv')).text());

/** What a spreadsheet would run. */
const DANGEROUS = /^\s*[-=+@＝＋－＠]|^[\t\r\n]/;

const anyText = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.constantFrom('"', ',', '\n', '\r\n', '; ', '","', '\t'),
);
const anyName = fc.array(anyText, { minLength: 1, maxLength: 5 }).map((parts) => parts.join(''));

const FULL = anAsset({
  ...{ id: 'a1', name: 'fox.png', sizeBytes: 1_204, contentHash: 'c0ffee', tags: ['output', 'a "b", c'] },
  ...{
    createdAt: '2026-03-12T08:00:00.5Z',
    updatedAt: '2026-03-13T08:00:00Z',
    lastAccessedAt: '2026-03-14T08:00:00Z',
  },
});
const BARE = anAsset({ id: 'a2', sizeBytes: null });

describe('as CSV', () => {
  it('has one line per asset with all that is known of it', async () => {
    const manifest = await makeManifest([FULL, BARE], DELETE, 'csv');
    const [header, ...lines] = (await manifest.text()).trimEnd().split('\r\n');
    expect(header).toBe(COLUMNS.join(','));
    expect(lines).toHaveLength(2);
    expect(manifest.type).toBe('text/csv;charset=utf-8');
    expect(await csvOf(FULL, BARE)).toEqual([
      {
        ...{
          id: 'a1',
          name: 'fox.png',
          size_bytes: '1204',
          content_hash: 'c0ffee',
          tags: JSON.stringify(FULL.tags),
        },
        ...{ created_at: '2026-03-12T08:00:00.5Z', updated_at: '2026-03-13T08:00:00Z' },
        ...{ last_accessed_at: '2026-03-14T08:00:00Z', action: 'delete' },
      },
      {
        ...{ id: 'a2', name: 'fox.png', size_bytes: '', content_hash: '', tags: '[]' },
        ...{ created_at: '2026-03-12T08:00:00Z', updated_at: '', last_accessed_at: '', action: 'delete' },
      },
    ]);
  });

  it('ends each line in the same way', async () => {
    const text = await (await makeManifest([FULL, BARE], DELETE, 'csv')).text();
    expect(text.endsWith('\r\n')).toBe(true);
    expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
  });

  it.each([
    '=1+1',
    '+1',
    '-1',
    '@SUM(A1)',
    '\t=1',
    '\r=1',
    '\n=1',
    '=1\n+2',
    '=cmd|"/c calc"!A1\nx',
    ' =1',
    '\u00a0=1',
    '＝1+1',
    '＋1',
    '－1',
    '＠a',
  ])('keeps a spreadsheet from running %j as a formula', async (name) => {
    const [row] = await csvOf(anAsset({ id: name, name }));
    expect(row).toMatchObject({ id: `'${name}`, name: `'${name}` });
  });

  it('reads back whatever an asset is called, but for that guard', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyName, { minLength: 1, maxLength: 4 }), async (texts) => {
        const rows = await csvOf(...texts.map((name, at) => anAsset({ id: `a${at}`, name })));
        expect(rows.map((row) => row['name'])).toEqual(
          texts.map((name) => (DANGEROUS.test(name) ? `'${name}` : name)),
        );
      }),
    );
  });
});

describe('as JSON Lines', () => {
  it('has one JSON object per line, which reads back exactly', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(anyAsset, anyName)), async (pairs) => {
        const assets = pairs.map(([asset, name]) => ({ ...asset, name }));
        const text = await (await makeManifest(assets, DELETE, 'jsonl')).text();
        const lines = text.split('\n');
        expect(lines.pop()).toBe('');
        const rows = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
        expect(
          rows.map(({ id, name, size_bytes, tags }) => ({ id, name, sizeBytes: size_bytes, tags })),
        ).toEqual(assets.map(({ id, name, sizeBytes, tags }) => ({ id, name, sizeBytes, tags })));
      }),
    );
  });

  it('names the same columns as the CSV', async () => {
    const text = await (await makeManifest([BARE], DELETE, 'jsonl')).text();
    expect(Object.keys(JSON.parse(text) as object)).toEqual(COLUMNS);
  });
});

describe('for each action', () => {
  const item = { ...FULL, changeTags: ['output'] };

  it.each([
    [DELETE, 'delete', undefined],
    [{ type: 'remove-tags', tags: ['output', 'draft'] }, 'remove-tags: output, draft', ['output']],
    [{ type: 'restore-tags', undoes: 'job-1' }, 'restore-tags', ['output']],
  ] as const)('%j names what is done, and to which tags', async (action, words, changeTags) => {
    const text = await (await makeManifest([item], action, 'jsonl')).text();
    const row = JSON.parse(text) as Record<string, unknown>;
    expect({ action: row['action'], changeTags: row['change_tags'] }).toEqual({ action: words, changeTags });
    const [cells] = readCsv(await (await makeManifest([item], action, 'csv')).text());
    expect(cells).toMatchObject({ action: words, ...(changeTags && { change_tags: '["output"]' }) });
  });
});

describe('a long list', () => {
  const many = Array.from({ length: 1_001 }, (_, at) => anAsset({ id: `a${at}`, name: `=${at}` }));

  it('is whole and in order, with its columns named once', async () => {
    const rows = await csvOf(...many);
    expect(rows.map(({ id, name }) => [id, name])).toEqual(many.map(({ id, name }) => [id, `'${name}`]));
    const lines = await (await makeManifest(many, DELETE, 'jsonl')).text();
    expect(lines.split('\n').map((line) => line.slice(0, 9))).toEqual([
      ...many.map(({ id }) => `{"id":"${id}"`.slice(0, 9)),
      '',
    ]);
  });

  it.each(['csv', 'jsonl'] as const)('lets others work in between, %s', async (format) => {
    let turns = 0;
    let done = false;
    const other = () => {
      turns += 1;
      if (!done) setImmediate(other);
    };
    // What is loaded on demand is there already, so that only the writing counts.
    await makeManifest([], DELETE, format);
    setImmediate(other);
    await makeManifest(many, DELETE, format);
    done = true;
    expect(turns).toBeGreaterThanOrEqual(4);
  });

  it('names the columns of an empty list too', async () => {
    expect(await (await makeManifest([], DELETE, 'csv')).text()).toBe(`${COLUMNS.join(',')}\r\n`);
    expect(await (await makeManifest([], DELETE, 'jsonl')).text()).toBe('');
  });
});
