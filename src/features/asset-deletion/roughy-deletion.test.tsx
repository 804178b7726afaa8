import { screen, waitFor } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { describe, expect, it, vi } from 'vitest';

import { roughyAsset, roughyCut, roughyRender } from '@/demo/roughy-builders';
import { roughyHandlers } from '@/demo/roughy-handlers';
import { createRoughyLibrary } from '@/demo/roughy-library';
import { deferred, pretendNetwork, readAssets, ROUGHY_URL, roughyProvider } from '@/testing/pretend-network';
import { openJobs } from '@/testing/open-jobs';
import { renderWithClient } from '@/testing/render';

import DeleteDialog from './delete-dialog';

const network = pretendNetwork();

/** The dialog for these recordings, the first of which has two cuts and two renders. */
async function askFor(count: number, before: () => void = () => undefined) {
  const assets = Array.from({ length: count }, () => roughyAsset());
  const asset_id = assets[0]?.id ?? '';
  const cuts = [roughyCut({ asset_id }), roughyCut({ asset_id })];
  const renders = [roughyRender({ asset_id }), roughyRender({ asset_id, size_bytes: null })];
  const library = createRoughyLibrary({ projects: [], assets, cuts, renders });
  network.use(...roughyHandlers({ baseUrl: ROUGHY_URL, library, apiKey: 'sk_test' }));
  const provider = roughyProvider();
  const read = await readAssets(provider);
  before();
  const onClose = vi.fn();
  const onStarted = vi.fn();
  const jobs = openJobs(provider);
  const rendered = renderWithClient(
    <DeleteDialog
      provider={provider}
      asked={read}
      allMatching={false}
      known={() => read}
      pinned={new Set()}
      center={jobs.center}
      items={jobs.items}
      graceSeconds={10}
      checksChanges={false}
      seenNow
      onBusy={() => undefined}
      onStarted={onStarted}
      onClose={onClose}
      focusNext={() => undefined}
    />,
  );
  return { ...rendered, assets, library, onClose, onStarted };
}

const confirm = () => screen.getByRole('button', { name: /^Delete.* forever$/ });
const deletions = () => network.requests('DELETE ');

describe('deleting recordings', () => {
  it('waits until what goes along was read, and names it', async () => {
    const gate = deferred();
    const { user, assets, onClose } = await askFor(1, () =>
      network.use(
        http.get(`${ROUGHY_URL}/v1/renders`, async () => {
          await gate.promise;
        }),
      ),
    );
    expect(screen.getByText('Reading what goes along with it…')).toBeVisible();
    expect(confirm()).toBeDisabled();
    gate.resolve();
    expect(await screen.findByText('Deleted along with it:')).toBeVisible();
    expect(screen.getAllByRole('listitem').map((item) => item.textContent)).toEqual([
      '2 cuts',
      'up to 2 subtitles of these cuts',
      '2 renders (12 MB, 1 of unknown size)',
    ]);
    expect(confirm()).toBeEnabled();
    expect(screen.getByText(/Credits are not refunded/)).toBeVisible();
    await user.click(confirm());
    await waitFor(() => expect(onClose).toHaveBeenCalled());
    expect(deletions()).toEqual([`DELETE /v1/assets/${assets[0]?.id ?? ''}`]);
  });

  it('is not possible while that cannot be read, until "Try again" succeeds', async () => {
    const { user } = await askFor(1, () =>
      network.use(
        http.get(`${ROUGHY_URL}/v1/cuts`, () => new HttpResponse(null, { status: 500 }), { once: true }),
      ),
    );
    expect(await screen.findByRole('alert')).toHaveTextContent('so nothing can be deleted yet');
    expect(confirm()).toBeDisabled();
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByText('2 cuts')).toBeVisible();
    expect(confirm()).toBeEnabled();
    expect(deletions()).toEqual([]);
  });

  it('wants the count typed as soon as several have a cascade', async () => {
    vi.spyOn(URL, 'createObjectURL').mockReturnValue('blob:manifest');
    vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(() => undefined);
    const { user, onClose, onStarted } = await askFor(2);
    expect(confirm()).toBeDisabled();
    await user.type(await screen.findByRole('textbox', { name: 'Type 2 to confirm' }), '2');
    await user.click(confirm());
    await waitFor(() => expect(onClose).toHaveBeenCalled());
    expect(onStarted).toHaveBeenCalledOnce();
  });

  it('says when nothing goes along', async () => {
    await askFor(1, () =>
      network.use(
        ...roughyHandlers({
          baseUrl: ROUGHY_URL,
          library: createRoughyLibrary({ projects: [], assets: [] }),
        }),
      ),
    );
    expect(await screen.findByText('No cuts, subtitles or renders go along.')).toBeVisible();
    expect(confirm()).toBeEnabled();
  });
});
