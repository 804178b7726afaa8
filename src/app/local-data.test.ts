// @vitest-environment happy-dom
import 'fake-indexeddb/auto';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { openDatabase } from '@/cleanup/database';
import type { Connection } from '@/domain/connection';
import { makePlan } from '@/domain/make-plan';
import { anAsset } from '@/testing/assets';
import { comfyConnection, idOf, pretendNetwork } from '@/testing/pretend-network';

import { openLocalData, type LocalData } from './local-data';
import { makeQueryClient } from './query-client';

const network = pretendNetwork();
const ui: Connection = comfyConnection({ kind: 'comfyui' });
const other: Connection = { ...ui, id: 'other' };
const FOX = anAsset({ id: idOf(1) });
const OWL = anAsset({ id: idOf(2), name: 'owl.png' });

let local: LocalData;

beforeEach(async () => {
  const database = await openDatabase();
  for (const store of ['jobs', 'items', 'kept'] as const) await database.clear(store);
  local = openLocalData(makeQueryClient(), { connections: [ui, other], demo: false, problems: [] });
});
afterEach(() => {
  local.center.close();
  local.marks.close();
  local.pins.close();
});

const startLater = (connectionId = ui.id, assets = [FOX, OWL]) =>
  local.center.start(
    makePlan(
      { connectionId, assets, action: { type: 'delete' }, allMatching: false },
      { pinned: new Set(), known: [], keepLastCopies: false },
    ),
    { graceSeconds: 60, checksChanges: false },
  );
const idsOn = async (list: 'marks' | 'pins', connectionId: string) => [
  ...(await local[list].of(connectionId)).keys(),
];

it('keeps what is pinned while a job waits, though the plan names it', async () => {
  network.serveComfy([{}, {}]);
  const id = await startLater();
  await local.pins.add(ui.id, [OWL]);
  await local.pins.add(other.id, [FOX]);
  await local.center.startNow(id);
  expect((await local.center.finished(id)).counts).toMatchObject({ deleted: 1, protected: 1 });
  expect(network.requests('DELETE')).toEqual([`DELETE /api/assets/${FOX.id}`]);
  expect(await idsOn('pins', ui.id)).toEqual([OWL.id]);
});

it('keeps what is pinned while a job runs', async () => {
  const assets = Array.from({ length: 12 }, (_, at) => anAsset({ id: idOf(at + 1) }));
  const last = assets.slice(-1);
  network.serveComfy(assets.map(() => ({})));
  network.server.events.on('request:start', ({ request }) => {
    if (request.url.endsWith(FOX.id)) void local.pins.add(ui.id, last);
  });
  const id = await startLater(ui.id, assets);
  await local.center.startNow(id);
  expect((await local.center.finished(id)).counts).toMatchObject({ deleted: 11, protected: 1 });
});

describe('starting afresh', () => {
  it('takes off all marks and pins of the connection, and ends its jobs', async () => {
    for (const connection of [ui, other]) {
      await local.marks.add(connection.id, [FOX]);
      await local.pins.add(connection.id, [OWL]);
    }
    const [id, kept] = [await startLater(), await startLater(other.id)];
    await local.startAfresh(ui.id);
    expect([await idsOn('marks', ui.id), await idsOn('pins', ui.id)]).toEqual([[], []]);
    expect([await idsOn('marks', other.id), await idsOn('pins', other.id)]).toEqual([[FOX.id], [OWL.id]]);
    expect((await local.center.finished(id)).phase).toBe('cancelled');
    expect(local.center.view().jobs?.find((job) => job.id === kept)?.phase).toBe('grace');
    expect(network.sent).toEqual([]);
  });
});
