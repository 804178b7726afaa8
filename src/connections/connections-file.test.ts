import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { Connection } from '@/domain/connection';

import type { ListedConnection } from './arrange';
import {
  imported,
  planImport,
  readConnectionsFile,
  writeConnectionsFile,
  type ConnectionsFile,
} from './connections-file';

const PAGE = 'https://winnow.test/app/';
const make = (id: string, about: Partial<Connection> = {}): Connection => ({
  ...{ id, kind: 'comfyui', label: id, baseUrl: `https://${id}.test`, demo: false },
  ...about,
});
const listed = (connection: Connection, origin: ListedConnection['origin'] = 'own'): ListedConnection => ({
  ...{ connection, origin, hidden: false },
});
const read = (connections: unknown, more: object = {}) =>
  readConnectionsFile(JSON.stringify({ version: 1, connections, ...more }), PAGE);
const entriesOf = (file: ConnectionsFile | string) => {
  if (typeof file === 'string') throw new Error(file);
  return file;
};

describe('a file of connections', () => {
  const studio = make('own-1', { label: 'Studio', colour: 'red' });
  const cloud = make('own-2', { kind: 'comfy-cloud', baseUrl: 'https://winnow.test/app/proxy/comfy-cloud' });
  const all = [listed(make('site'), 'site'), listed(studio), listed(cloud), listed(make('demo'), 'demo')];
  const text = writeConnectionsFile(all, PAGE);

  it('has the person’s own alone, and what is read again is here already', () => {
    const { entries, problems } = entriesOf(readConnectionsFile(text, PAGE));
    expect(entries.map(({ label }) => label)).toEqual(['Studio', 'own-2']);
    expect(problems).toEqual([]);
    expect(planImport(entries, all).map(({ action }) => action)).toEqual(['skip', 'skip']);
  });

  it('means the same proxy at another site', () => {
    const { entries } = entriesOf(readConnectionsFile(text, 'https://elsewhere.test/'));
    expect(entries[1]?.baseUrl).toBe('https://elsewhere.test/proxy/comfy-cloud');
  });

  it('adds what is new under ids of its own, never those of the file', () => {
    const { entries } = entriesOf(read([{ ...make('comfy-cloud'), baseUrl: 'https://evil.test' }]));
    const [step] = planImport(entries, all);
    expect(step).toMatchObject({ action: 'add', connection: { baseUrl: 'https://evil.test' } });
    expect((step!.connection as Connection).id).toMatch(/^own-[\da-f]{16}$/);
  });

  it('does not give the address of the file to a connection of the same id', () => {
    const { entries } = entriesOf(read([{ ...studio, baseUrl: 'https://evil.test' }]));
    const [step] = planImport(entries, all);
    expect(step?.action).toBe('add');
    expect((step!.connection as Connection).id).not.toBe('own-1');
  });

  it('replaces name and colour of one that is here, and skips what the site gives or the file repeats', () => {
    const { entries } = entriesOf(
      read([{ ...studio, label: 'Den' }, make('site'), make('x'), make('y', { ...make('x'), label: 'X ' })]),
    );
    const steps = planImport(entries, all);
    expect(steps.map(({ action }) => action)).toEqual(['replace', 'skip', 'add', 'skip']);
    const { own } = imported({ own: [studio, cloud], order: [], hidden: [] }, steps);
    expect(own.map(({ label }) => label)).toEqual(['Den', 'own-2', 'x']);
    expect(own[0]?.id).toBe('own-1');
  });

  it('does not bring back what was removed since the file was shown', () => {
    const { entries } = entriesOf(read([{ ...studio, label: 'Den' }]));
    expect(imported({ own: [cloud], order: [], hidden: [] }, planImport(entries, all)).own).toEqual([cloud]);
  });

  it.each([
    ['{"version":1', 'This file is not valid JSON.'],
    ['['.repeat(300_000), 'This file is not valid JSON.'],
    ['[]', 'This is not a file of connections that Winnow exported.'],
    ['null', 'This is not a file of connections that Winnow exported.'],
    ['{"version":1,"connections":{}}', 'This is not a file of connections that Winnow exported.'],
    [
      '{"version":2,"connections":[]}',
      'This Winnow reads files of version 1; this one is of another version.',
    ],
    [`"${'x'.repeat(1_000_000)}"`, 'This file is too large to be a list of connections.'],
    [`{"version":1,"connections":[${'0,'.repeat(200)}0]}`, 'This file has more than 200 connections.'],
  ])('is refused as a whole when it is of no use: %#', (bad, why) => {
    expect(readConnectionsFile(bad, PAGE)).toBe(why);
  });

  it('says which entries cannot be used', () => {
    const { entries, problems } = entriesOf(
      read([
        7,
        make('x', { baseUrl: 'javascript:alert(1)' }),
        make('y', { kind: 'nope' as never }),
        make('z'),
      ]),
    );
    expect(entries.map(({ label }) => label)).toEqual(['z']);
    expect(problems).toEqual([
      expect.stringMatching(/^Entry 1 cannot be used/),
      'Entry 2 cannot be used: baseUrl: must be an http or https address without a password.',
      'Entry 3 cannot be used: kind: use comfy-cloud, comfyui, roughy.',
    ]);
  });

  it.each(['apiKey', 'x_api_key', 'token', 'clientSecret', 'password', 'Authorization'])(
    'ignores a field %s, says so, and repeats nothing of it',
    (name) => {
      const inside = entriesOf(read([{ ...make('x'), [name]: 'canary' }]));
      const outside = entriesOf(read([make('x')], { [name]: 'canary' }));
      for (const { entries, problems } of [inside, outside]) {
        expect(problems).toEqual([expect.stringContaining('look like keys')]);
        expect(JSON.stringify([entries, problems, planImport(entries, [])])).not.toContain('canary');
      }
    },
  );

  it('drops what stands behind the path of an address', () => {
    const { entries } = entriesOf(read([make('x', { baseUrl: 'https://x.test/a/?key=canary#canary' })]));
    expect(entries[0]?.baseUrl).toBe('https://x.test/a');
  });

  it('never throws and changes no prototype, whatever it holds', () => {
    const entry = fc.oneof(
      fc.anything({ withNullPrototype: true }),
      fc.record({ kind: fc.constant('comfyui'), label: fc.string(), baseUrl: fc.string() }),
    );
    const any = fc.oneof(
      fc.string(),
      fc.json(),
      fc.array(entry).map((connections) => JSON.stringify({ version: 1, connections })),
      fc.constant('{"version":1,"connections":[{"__proto__":{"polluted":1},"constructor":{}}]}'),
    );
    fc.assert(
      fc.property(any, (bad) => {
        const file = readConnectionsFile(bad, PAGE);
        if (typeof file !== 'string')
          imported({ own: [], order: [], hidden: [] }, planImport(file.entries, all));
        expect({}).not.toHaveProperty('polluted');
      }),
    );
  });
});
