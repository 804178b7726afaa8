import { screen, waitFor } from '@testing-library/react';
import { afterEach, beforeEach, expect, it } from 'vitest';

import { bury, withoutBuried } from '@/queries/tombstones';
import { anAsset } from '@/testing/assets';
import { pretendIndex } from '@/testing/pretend-index';
import { comfyConnection } from '@/testing/pretend-network';
import { renderWithClient, testQueryClient } from '@/testing/render';
import { clearToasts, Toaster } from '@/ui/toaster';

import { DemoBanner } from './demo-banner';
import { openLocalData, type LocalData } from './local-data';
import { openIndexes } from './open-indexes';

const demo = comfyConnection({ id: 'demo-comfy', demo: true });
const second = comfyConnection({ id: 'demo-roughy', kind: 'roughy', demo: true });
const real = comfyConnection();
const connections = [demo, second, real];
const fox = anAsset({ id: 'fox' });
const page = { rows: [fox], total: 1, hasMore: false, nextCursor: null };

const client = testQueryClient();
let local: LocalData;

beforeEach(() => {
  clearToasts();
  local = openLocalData(client, { connections, demo: true, problems: [] });
});
afterEach(() => {
  local.center.close();
  local.marks.close();
  local.pins.close();
});

const show = (loadLocal = () => Promise.resolve(local)) =>
  renderWithClient(
    <>
      <DemoBanner connections={connections} loadLocal={loadLocal} onAddConnection={() => undefined} />
      <Toaster />
    </>,
    client,
  );

it('puts every made-up library back, with its marks and pins, and nothing real', async () => {
  for (const { id } of connections) {
    await local.marks.add(id, [fox]);
    await local.pins.add(id, [fox]);
    bury(client, id, ['fox']);
  }
  const { user } = show();
  await user.click(screen.getByRole('button', { name: 'Reset demo' }));
  expect(await screen.findByText('The demo is as it was at first')).toBeVisible();
  const left = async (id: string) => [
    (await local.marks.of(id)).size,
    (await local.pins.of(id)).size,
    withoutBuried(client, id, page).rows.length,
  ];
  expect(await left(demo.id)).toEqual([0, 0, 1]);
  expect(await left(second.id)).toEqual([0, 0, 1]);
  expect(await left(real.id)).toEqual([1, 1, 0]);
});

it('has an index that is open look what is there again', async () => {
  const { index, asked } = await pretendIndex(demo.id, [fox]);
  openIndexes.set(demo.id, index);
  const { user } = show();
  await user.click(screen.getByRole('button', { name: 'Reset demo' }));
  await waitFor(() => expect(asked).toEqual(['sync']));
  openIndexes.clear();
});

it('says when marks and pins could not be taken off, and puts the libraries back all the same', async () => {
  bury(client, demo.id, ['fox']);
  const { user } = show(() => Promise.reject(new Error('offline')));
  await user.click(screen.getByRole('button', { name: 'Reset demo' }));
  expect(await screen.findByText(/its marks and pins could not be taken off/)).toBeVisible();
  expect(withoutBuried(client, demo.id, page).rows).toEqual([fox]);
});
