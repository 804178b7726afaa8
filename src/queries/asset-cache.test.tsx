import { beforeEach, describe, expect, it } from 'vitest';

import type { Asset, AssetPage, AssetRow } from '@/domain/asset';
import { DEFAULT_QUERY } from '@/domain/asset-query';
import { anAsset, unreadableRow } from '@/testing/assets';
import { testQueryClient } from '@/testing/render';

import { dropAssets, findListedAsset, patchAsset } from './asset-cache';
import { assetKeys } from './asset-queries';

const pageOf = (total: number, ...rows: AssetRow[]): AssetPage => ({
  rows,
  total,
  hasMore: false,
  nextCursor: null,
});
const [fox, hen, owl] = ['fox', 'hen', 'owl'].map((id) => anAsset({ id, name: `${id}.png` })) as [
  Asset,
  Asset,
  Asset,
];
const all = assetKeys.list('cloud', DEFAULT_QUERY);
const second = assetKeys.list('cloud', { ...DEFAULT_QUERY, page: 2 });
const elsewhere = assetKeys.list('home', DEFAULT_QUERY);

let client = testQueryClient();
const page = (key: readonly unknown[]) => client.getQueryData<AssetPage>(key);

beforeEach(() => {
  client = testQueryClient();
  client.setQueryData(all, pageOf(12, fox, hen, unreadableRow()));
  client.setQueryData(second, pageOf(12, owl));
  client.setQueryData(elsewhere, pageOf(1, fox));
  for (const asset of [fox, owl]) client.setQueryData(assetKeys.detail('cloud', asset.id), asset);
});

describe('dropAssets', () => {
  it('takes assets out of every page and lowers the totals by as many', () => {
    dropAssets(client, 'cloud', new Set(['fox', 'owl', 'never-seen']));
    expect(page(all)).toMatchObject({ total: 11, rows: [hen, unreadableRow()] });
    expect(page(second)).toMatchObject({ total: 11, rows: [] });
    expect(client.getQueryData(assetKeys.detail('cloud', 'fox'))).toBeUndefined();
    expect(client.getQueryData(assetKeys.detail('cloud', 'owl'))).toBeUndefined();
  });

  it('leaves pages without them, and other connections, as they are', () => {
    const before = [page(second), page(elsewhere)];
    dropAssets(client, 'cloud', new Set(['fox']));
    expect([page(second), page(elsewhere)].map((each, index) => each === before[index])).toEqual([
      true,
      true,
    ]);
  });

  it('never counts below nothing', () => {
    client.setQueryData(second, pageOf(0, owl));
    dropAssets(client, 'cloud', new Set(['owl']));
    expect(page(second)?.total).toBe(0);
  });
});

describe('patchAsset', () => {
  it('rewrites one asset in its detail and on every page, and keeps all else', () => {
    const before = page(second);
    patchAsset(client, 'cloud', 'fox', (asset) => ({ ...asset, tags: ['new'] }));
    expect(page(all)?.rows[0]).toEqual({ ...fox, tags: ['new'] });
    expect(page(all)?.rows[1]).toBe(hen);
    expect(client.getQueryData(assetKeys.detail('cloud', 'fox'))).toEqual({ ...fox, tags: ['new'] });
    expect(page(second)).toBe(before);
    expect(page(elsewhere)?.rows[0]).toBe(fox);
  });

  it('makes no detail of an asset whose detail was never read', () => {
    patchAsset(client, 'cloud', 'hen', (asset) => ({ ...asset, tags: ['new'] }));
    expect(client.getQueryData(assetKeys.detail('cloud', 'hen'))).toBeUndefined();
  });
});

it('findListedAsset finds an asset on any page of its connection', () => {
  expect(findListedAsset(client, 'cloud', 'owl')).toBe(owl);
  expect(findListedAsset(client, 'home', 'owl')).toBeUndefined();
});
