// @vitest-environment happy-dom
import fc from 'fast-check';
import { expect, it } from 'vitest';

import type { Connection } from '@/domain/connection';

import { arrange, connectionsOf } from './arrange';
import type { SiteConfig } from './config';
import { moved, withHidden } from './edit-own';
import { OWN_CONNECTIONS, type OwnConnections } from './own-connections';

const PAGE = 'https://winnow.test/';
const make = (id: string, demo = false): Connection => ({
  ...{ id, kind: 'comfyui', label: id, baseUrl: `https://${id}.test`, demo },
});
const site: SiteConfig = {
  connections: [make('demo-a', true), make('demo-b', true), make('s1'), make('s2')],
  ...{ demo: true, problems: [] },
};
const kept: OwnConnections = { own: [make('o1'), make('o2')], order: [], hidden: [] };
const idsOf = (how: OwnConnections) => arrange(site, how).map(({ connection }) => connection.id);

it('lists those of the site, then the person’s own, then made-up ones', () => {
  expect(idsOf(kept)).toEqual(['s1', 's2', 'o1', 'o2', 'demo-a', 'demo-b']);
  expect(arrange(site, kept).map(({ origin }) => origin)).toEqual([
    ...['site', 'site', 'own', 'own', 'demo', 'demo'],
  ]);
});

it('keeps the order of the person; what it does not name comes after, made-up ones last', () => {
  expect(idsOf({ ...kept, order: ['demo-b', 'o2', 'gone', 's1'] })).toEqual([
    ...['o2', 's1', 's2', 'o1', 'demo-b', 'demo-a'],
  ]);
});

it('moves one step at a time, and never out of its part of the list', () => {
  const step = (how: OwnConnections, id: string, by: -1 | 1) => moved(how, arrange(site, how), id, by);
  const up = step(kept, 'o1', -1);
  expect(idsOf(up)).toEqual(['s1', 'o1', 's2', 'o2', 'demo-a', 'demo-b']);
  expect(idsOf(step(up, 'o1', 1))).toEqual(idsOf(kept));
  expect(step(kept, 's1', -1)).toBe(kept);
  expect(step(kept, 'o2', 1)).toBe(kept);
  expect(step(kept, 'demo-a', -1)).toBe(kept);
  expect(idsOf(step(kept, 'demo-a', 1)).slice(-2)).toEqual(['demo-b', 'demo-a']);
});

it('loses and doubles none, whatever is moved', () => {
  const ids = fc.constantFrom(...idsOf(kept), 'gone');
  const steps = fc.array(fc.tuple(ids, fc.constantFrom(-1 as const, 1 as const)));
  fc.assert(
    fc.property(steps, fc.array(ids), (moves, order) => {
      const end = moves.reduce<OwnConnections>((how, [id, by]) => moved(how, arrange(site, how), id, by), {
        ...kept,
        order,
      });
      expect(idsOf(end).toSorted()).toEqual(idsOf(kept).toSorted());
      expect(idsOf(end).slice(-2).toSorted()).toEqual(['demo-a', 'demo-b']);
    }),
  );
});

const read = (own: readonly Connection[], hidden: readonly string[] = []) =>
  connectionsOf(site, JSON.stringify({ version: 1, own, order: [], hidden }), PAGE);

it('offers all but the hidden ones', () => {
  expect(withHidden(withHidden(kept, 's1', true), 's1', true).hidden).toEqual(['s1']);
  expect(withHidden(withHidden(kept, 's1', true), 's1', false).hidden).toEqual([]);
  const { all, shown } = read([], ['s1', 'demo-a']);
  expect(shown.map(({ id }) => id)).toEqual(['s2', 'demo-b']);
  expect(all).toHaveLength(4);
});

it('never lets one of the person stand in for one of the site', () => {
  const { all, problems } = read([{ ...make('s1'), label: 'Mine', baseUrl: 'https://evil.test' }]);
  expect(all.map(({ connection }) => connection.baseUrl)).not.toContain('https://evil.test');
  expect(problems).toEqual(['Your connection “Mine” was left out: this site uses its id for another.']);
});

it('keeps an unchanged connection the same object', () => {
  const [, , before] = read([make('o1'), make('o2')]).shown;
  const after = read([make('o1'), { ...make('o2'), label: 'New' }]).shown;
  expect(before?.id).toBe('o1');
  expect(after[2]).toBe(before);
  expect(after[3]?.label).toBe('New');
  expect(read([make('o1')]).all).not.toBe(after);
});

it('is read again after each change of storage', () => {
  localStorage.setItem(OWN_CONNECTIONS, JSON.stringify({ version: 1, own: [make('o1')] }));
  expect(connectionsOf(site).shown.map(({ id }) => id)).toContain('o1');
  localStorage.removeItem(OWN_CONNECTIONS);
  expect(connectionsOf(site).shown.map(({ id }) => id)).not.toContain('o1');
});
