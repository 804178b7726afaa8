import { act, screen, waitFor, within } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';

import type { Asset } from '@/domain/asset';
import { NO_INDEX_FILTERS } from '@/domain/library-query';
import { anAsset } from '@/testing/assets';
import { roughyProvider } from '@/testing/pretend-network';
import { clearToasts } from '@/ui/toaster';

import { openView } from '../parts/view-for-test';

import { leftoverNote } from './leftover-words';
import LeftoversView from './leftovers-view';

beforeEach(clearToasts);

const file = (id: string, about: Partial<Asset> = {}) =>
  anAsset({ id, name: `${id}.png`, tags: ['output'], ...about });

const ASSETS = [
  file('empty', { sizeBytes: 0 }),
  file('empty-locked', { sizeBytes: 0, protection: 'immutable' }),
  file('vague', { sizeBytes: null }),
  file('fox', { tags: [] }),
  file('lost', { tags: ['output', 'missing'] }),
  file('mesh', { kind: '3d', previewAssetId: 'mesh_preview' }),
  file('mesh_preview'),
  file('gone_preview'),
];

const category = (name: string) => screen.findByRole('region', { name });

describe('leftovers', () => {
  it('shows each category with its sum, its first assets and what it means', async () => {
    await openView(LeftoversView, ASSETS);
    const orphans = await category('Previews whose owner is gone');
    expect(orphans).toHaveTextContent('1 asset, up to 1 kB');
    expect(orphans).toHaveTextContent('a picture that you named this way yourself is listed too');
    expect(within(orphans).getByRole('link', { name: 'gone_preview.png' })).toBeVisible();
    expect(await category('Unknown size')).toHaveTextContent('1 asset, of unknown size');
    expect(await category('Missing files')).toHaveTextContent('lost.png');
    expect(await category('Untagged')).toHaveTextContent('fox.png');
    expect(screen.queryByRole('region', { name: 'Failed' })).toBeNull();
  });

  it('ticks a whole category, without what is protected', async () => {
    const { user, selected, button } = await openView(LeftoversView, ASSETS);
    await category('Zero bytes');
    await user.click(button('Select all 2: Zero bytes'));
    expect(
      await screen.findByText('Selected 1 asset. Nothing is deleted yet. 1 asset is protected and left out.'),
    ).toBeVisible();
    expect(selected()).toEqual(['empty']);
  });

  it('shows previews in use, and lets none of them be ticked', async () => {
    await openView(LeftoversView, ASSETS);
    const inUse = await category('Previews in use');
    expect(within(inUse).getByRole('checkbox', { name: 'Select mesh_preview.png' })).toBeDisabled();
    expect(within(inUse).queryByRole('button')).toBeNull();
    expect(within(inUse).getByRole('link', { name: /show 1 asset in the table/ })).toBeVisible();
  });

  it('calls no preview an orphan before all assets are known', async () => {
    const { user, selected, become, button } = await openView(LeftoversView, ASSETS, {
      view: { state: 'building' },
    });
    const orphans = await category('Previews whose owner is gone');
    expect(orphans).toHaveTextContent('The index is not complete yet: their owners may still turn up.');
    expect(within(orphans).getByRole('checkbox', { name: 'Select gone_preview.png' })).toBeDisabled();
    await user.click(button('Select all 1: Previews whose owner is gone'));
    expect(selected()).toEqual([]);
    act(() => become({ state: 'ready' }));
    await user.click(button('Select all 1: Previews whose owner is gone'));
    await waitFor(() => expect(selected()).toEqual(['gone_preview']));
  });

  it('leads to the same assets in the table', async () => {
    const { user, filtered } = await openView(LeftoversView, ASSETS);
    const untagged = await category('Untagged');
    await user.click(within(untagged).getByRole('link', { name: 'Untagged: show 1 asset in the table' }));
    expect(filtered).toEqual([{ index: { ...NO_INDEX_FILTERS, leftover: 'untagged' } }]);
  });

  it('has the categories of Roughy where Roughy is shown, with the reason of each failure', async () => {
    const roughy = (state: string, about = {}) => ({
      ...{ state, projectId: 'p', projectName: 'Film', durationSeconds: null, language: null },
      ...{ errorCode: null, errorMessage: null, ...about },
    });
    const assets = [
      file('bad', { tags: [], roughy: roughy('failed', { errorMessage: 'The sound could not be read.' }) }),
      file('unpaid', { tags: [], createdAt: '2999-01-01T12:00:00Z', roughy: roughy('pending_payment') }),
      file('never', { tags: [], sizeBytes: null, roughy: roughy('pending_upload') }),
    ];
    await openView(LeftoversView, assets, { provider: roughyProvider() });
    expect(await category('Failed')).toHaveTextContent('The sound could not be read.');
    expect(await category('Waiting for credits')).toHaveTextContent(/Purged on .*2999 at the earliest/);
    expect(await category('Uploads that never finished')).toHaveTextContent('never.png');
    expect(screen.queryByRole('region', { name: 'Untagged' })).toBeNull();
  });
});

describe('the day of a purge', () => {
  const unpaid = anAsset({ createdAt: '2026-03-01T12:00:00Z' });
  const at = (instant: string) => leftoverNote('pending-payment', unpaid, Date.parse(instant));

  it('is 30 days after the asset was created, at the earliest', () => {
    expect(at('2026-03-31T11:59:59Z')).toMatch(/^Purged on .*31.* at the earliest$/);
    expect(at('2026-03-31T12:00:00Z')).toBe('May be purged any day now');
  });
});
