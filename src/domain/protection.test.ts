import { expect, it } from 'vitest';

import { anAsset } from '@/testing/assets';

import { protectionReason } from './protection';

it('says why an asset cannot be deleted', () => {
  expect(protectionReason(anAsset({ protection: 'immutable' }))).toMatch(/^Immutable: /);
  expect(protectionReason(anAsset({ protection: 'public' }))).toMatch(/^Public: /);
});

it('says nothing about an asset that can be', () => {
  expect(protectionReason(anAsset({ protection: null }))).toBeNull();
});
