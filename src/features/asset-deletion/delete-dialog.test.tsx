import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { beforeEach, describe, expect, it, vi } from 'vitest';

import type { ComfyAssetJson } from '@/demo/comfy-library';
import type { Asset } from '@/domain/asset';
import type { AssetProvider } from '@/providers/provider';
import {
  COMFY_URL,
  comfyProvider,
  deferred,
  idOf,
  pretendNetwork,
  readAssets,
} from '@/testing/pretend-network';
import { renderWithClient } from '@/testing/render';
import { clearToasts, Toaster } from '@/ui/toaster';

import DeleteDialog from './delete-dialog';

const network = pretendNetwork();
const provider = comfyProvider();
const ASSET = `${COMFY_URL}/api/assets/:id`;

/** Downloads begun, among the requests: `save` or what was sent. */
let saved: { readonly content: Blob; readonly after: readonly string[] }[] = [];

beforeEach(() => {
  saved = [];
  clearToasts();
  vi.spyOn(URL, 'createObjectURL').mockImplementation((content) => {
    saved.push({ content: content as Blob, after: [...deletions()] });
    return 'blob:manifest';
  });
  vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(() => undefined);
});

const deletions = () => network.requests('DELETE ');
const deletionOf = (...numbers: number[]) => numbers.map((number) => `DELETE /api/assets/${idOf(number)}`);
const button = (name: string | RegExp) => screen.getByRole('button', { name });
const dialog = (name: string | RegExp) => screen.findByRole('alertdialog', { name });
const outcome = () =>
  screen
    .getAllByRole('status')
    .map((each) => each.textContent)
    .join();
const failures = async () =>
  within(await screen.findByRole('list', { name: 'Not deleted or unknown' }))
    .getAllByRole('listitem')
    .map((item) => item.textContent);

function ask(assets: readonly Asset[], from: AssetProvider = provider) {
  const told = { busy: [] as string[][], gone: [] as string[][], onClose: vi.fn() };
  const rendered = renderWithClient(
    <>
      <DeleteDialog
        provider={from}
        assets={assets}
        onBusy={(ids) => told.busy.push([...ids])}
        onGone={(ids) => told.gone.push([...ids])}
        onClose={told.onClose}
        focusNext={() => undefined}
      />
      <Toaster />
    </>,
  );
  return { ...rendered, ...told };
}

async function askFor(assets: readonly Partial<ComfyAssetJson>[]) {
  const library = network.serveComfy(assets);
  const read = await readAssets(provider);
  return { ...ask(read), library, assets: read };
}

const many = (count: number, about: Partial<ComfyAssetJson> = {}) =>
  Array.from({ length: count }, (_, index) => ({ name: `${index + 1}.png`, size: 1_000, ...about }));

describe('how much it asks', () => {
  it('asks simply for one asset, whatever its size, starting on Keep', async () => {
    await askFor([{ name: 'fox.png', size: 9_000_000_000 }]);
    await dialog('Delete fox.png?');
    expect(button('Keep')).toHaveFocus();
    expect(button('Delete forever')).toBeEnabled();
    expect(screen.getByText('up to 9 GB')).toBeVisible();
    expect(screen.queryByRole('textbox')).not.toBeInTheDocument();
  });

  it('sums up 49 assets', async () => {
    await askFor(many(49));
    await dialog('Delete 49 assets?');
    expect(button('Delete 49 forever')).toBeEnabled();
    expect(screen.getByText('up to 49 kB')).toBeVisible();
    expect(screen.getByText('49 images')).toBeVisible();
    expect(screen.getByText('Oldest')).toBeVisible();
    expect(screen.getByText('and 37 more')).toBeVisible();
    expect(screen.queryByRole('textbox')).not.toBeInTheDocument();
  });

  it('wants the count typed for 50', async () => {
    const { user } = await askFor(many(50));
    await dialog('Delete 50 assets?');
    expect(button('Delete 50 forever')).toBeDisabled();
    await user.type(screen.getByRole('textbox', { name: 'Type 50 to confirm' }), '5');
    expect(button('Delete 50 forever')).toBeDisabled();
    await user.keyboard('0');
    expect(button('Delete 50 forever')).toBeEnabled();
    await user.keyboard('0');
    expect(button('Delete 50 forever')).toBeDisabled();
  });

  it.each([
    { each: 500_000_000, asks: true },
    { each: 499_999_999, asks: false },
  ])('wants the count typed for two of $each bytes: $asks', async ({ each, asks }) => {
    await askFor(many(2, { size: each }));
    await dialog('Delete 2 assets?');
    expect(screen.queryAllByRole('textbox')).toHaveLength(asks ? 1 : 0);
  });

  it('leaves protected assets out, and says why', async () => {
    const { user } = await askFor([
      { name: 'a.png' },
      { name: 'b.png' },
      { name: 'fixed.png', is_immutable: true },
    ]);
    await dialog('Delete 2 assets?');
    expect(screen.getByText('1 asset is left out')).toBeVisible();
    expect(screen.getByText(/: Immutable/)).toHaveTextContent(/^fixed\.png: Immutable: the provider/);
    await user.click(button('Delete 2 forever'));
    await waitFor(() => expect(deletions().toSorted()).toEqual(deletionOf(1, 2)));
  });

  it('has nothing to confirm when everything is protected', async () => {
    await askFor([{ name: 'fixed.png', is_immutable: true }]);
    await dialog('Nothing here can be deleted');
    expect(screen.queryByRole('button', { name: /Delete/ })).not.toBeInTheDocument();
  });
});

describe('confirming', () => {
  it('sends nothing before, and nothing when the answer is Keep', async () => {
    const { user, onClose } = await askFor(many(3));
    await dialog('Delete 3 assets?');
    expect(deletions()).toEqual([]);
    await user.click(button('Keep'));
    await user.keyboard('{Escape}');
    expect(onClose).toHaveBeenCalled();
    expect(deletions()).toEqual([]);
  });

  it('deletes exactly what was confirmed, and says so once all is gone', async () => {
    const { user, library, busy, gone, onClose } = await askFor(many(3));
    await dialog('Delete 3 assets?');
    await user.click(button('Delete 3 forever'));
    await waitFor(() => expect(onClose).toHaveBeenCalledOnce());
    expect(deletions().toSorted()).toEqual(deletionOf(1, 2, 3));
    expect(library.list().total).toBe(0);
    expect(busy.map((ids) => ids.toSorted())).toEqual([[idOf(1), idOf(2), idOf(3)], []]);
    expect(gone.map((ids) => ids.toSorted())).toEqual([[idOf(1), idOf(2), idOf(3)]]);
    expect(outcome()).toContain('3 assets were deleted');
  });

  it('counts apart what was already gone', async () => {
    const { user, library } = await askFor(many(3));
    library.remove(idOf(2));
    await user.click(button('Delete 3 forever'));
    await waitFor(() => expect(outcome()).toContain('2 assets were deleted, 1 already gone'));
  });

  it.each(['1,204', ' 1204 ', '1 204', '1.204'])('takes %j for 1204', async (typed) => {
    const { user } = ask(
      Array.from({ length: 1_204 }, (_, index) => ({
        ...TEMPLATE,
        id: `asset-${index}`,
        name: `${index}.png`,
      })),
    );
    await user.click(screen.getByRole('textbox', { name: 'Type 1204 to confirm' }));
    await user.paste('12a04');
    expect(button('Delete 1,204 forever')).toBeDisabled();
    await user.clear(screen.getByRole('textbox'));
    await user.paste(typed);
    expect(button('Delete 1,204 forever')).toBeEnabled();
  });
});

const TEMPLATE: Asset = {
  ...{ type: 'asset', id: '', name: '', kind: 'image', sizeBytes: 1, mimeType: null, tags: [], metadata: {} },
  ...{ contentHash: null, createdAt: '2026-03-12T08:00:00Z', updatedAt: null, lastAccessedAt: null },
  ...{ preview: null, previewAssetId: null, jobId: null, protection: null, roughy: null },
};

describe('high stakes', () => {
  const confirmFifty = async () => {
    const opened = await askFor(many(50));
    await opened.user.type(screen.getByRole('textbox'), '50');
    return opened;
  };

  it('save the list before the first request', async () => {
    const { user, onClose } = await confirmFifty();
    await user.click(button('Delete 50 forever'));
    await waitFor(() => expect(onClose).toHaveBeenCalled());
    expect(deletions()).toHaveLength(50);
    expect(saved.map(({ after }) => after)).toEqual([[]]);
    const lines = (await saved[0]?.content.text())?.trim().split('\r\n');
    expect(lines).toHaveLength(51);
    expect(lines?.[1]).toContain(idOf(1));
  });

  it('do not save it twice when the person did already', async () => {
    const { user, onClose } = await confirmFifty();
    await user.click(button('Save as JSON Lines'));
    expect(await screen.findByText('Saved')).toBeVisible();
    await user.click(button('Delete 50 forever'));
    await waitFor(() => expect(onClose).toHaveBeenCalled());
    expect(saved).toHaveLength(1);
    expect(saved[0]?.content.type).toBe('application/jsonl');
  });

  it('stop when the list cannot be saved, and send nothing', async () => {
    vi.spyOn(URL, 'createObjectURL').mockImplementation(() => {
      throw new Error('disk full');
    });
    const { user } = await confirmFifty();
    await user.click(button('Delete 50 forever'));
    await waitFor(() =>
      expect(screen.getAllByRole('alert').map((alert) => alert.textContent)).toContain(
        'The list of what goes could not be saved, so nothing was deleted.',
      ),
    );
    expect(deletions()).toEqual([]);
    expect(await dialog('Delete 50 assets?')).toBeVisible();
  });

  it('are carried out once, however often the button is pressed', async () => {
    const { onClose } = await confirmFifty();
    fireEvent.click(button('Delete 50 forever'));
    fireEvent.click(button('Delete 50 forever'));
    await waitFor(() => expect(onClose).toHaveBeenCalled());
    expect(saved).toHaveLength(1);
    expect(deletions()).toHaveLength(50);
    expect(onClose).toHaveBeenCalledOnce();
  });
});

describe('failures', () => {
  const refuse = (number: number, status = 409) =>
    network.use(
      http.delete(`${COMFY_URL}/api/assets/${idOf(number)}`, () =>
        HttpResponse.json({ code: 'IN_USE', message: `No ${number}` }, { status }),
      ),
    );

  it('are listed by name with their reasons, and stay', async () => {
    const { user, gone, onClose } = await askFor(many(4));
    refuse(1);
    refuse(3, 400);
    await user.click(button('Delete 4 forever'));
    await dialog('2 assets were deleted, 2 not deleted');
    expect(await failures()).toEqual([
      expect.stringMatching(/^1\.pngProtected: .*refuses this for now.*status 409/),
      expect.stringMatching(/^3\.png.*does not accept this request.*status 400/),
    ]);
    expect(gone.map((ids) => ids.toSorted())).toEqual([[idOf(2), idOf(4)]]);
    expect(onClose).not.toHaveBeenCalled();
  });

  it('alone are sent again by "Retry 2 failed"', async () => {
    const { user, gone, onClose } = await askFor(many(4));
    refuse(2, 422);
    refuse(3);
    await user.click(button('Delete 4 forever'));
    await user.click(await screen.findByRole('button', { name: 'Retry 2 failed' }));
    await dialog('2 assets were deleted, 2 not deleted');
    expect(deletions().slice(4).toSorted()).toEqual(deletionOf(2, 3));
    network.server.resetHandlers();
    network.serveComfy(many(4));
    await user.click(button('Retry 2 failed'));
    await waitFor(() => expect(onClose).toHaveBeenCalled());
    expect(deletions().slice(6).toSorted()).toEqual(deletionOf(2, 3));
    expect(outcome()).toContain('4 assets were deleted');
    expect(gone.at(-1)?.toSorted()).toEqual([idOf(2), idOf(3)]);
  });

  it('of one asset are tried again by "Try again"', async () => {
    const { user, onClose } = await askFor([{ name: 'fox.png' }]);
    network.use(http.delete(ASSET, () => new HttpResponse(null, { status: 409 }), { once: true }));
    await user.click(button('Delete forever'));
    await user.click(await screen.findByRole('button', { name: 'Try again' }));
    await waitFor(() => expect(onClose).toHaveBeenCalled());
    expect(outcome()).toContain('fox.png was deleted');
  });

  it('of the key stop the rest, which stays', async () => {
    const { user } = await askFor(many(12));
    network.use(
      http.delete(ASSET, () =>
        HttpResponse.json({ code: 'UNAUTHORIZED', message: 'No key' }, { status: 401 }),
      ),
    );
    await user.click(button('Delete 12 forever'));
    await dialog('0 assets were deleted, 12 not deleted');
    expect(deletions().length).toBeLessThanOrEqual(4);
    expect(screen.getByRole('alertdialog')).toHaveTextContent('Comfy Cloud does not accept the key');
    expect(await failures()).toHaveLength(12);
    expect(button('Retry 12 failed')).toBeEnabled();
  });
});

describe('while it runs', () => {
  it('counts only what the provider confirmed, and Stop sends no more', async () => {
    const { user, library } = await askFor(many(10));
    const gate = deferred();
    const [, second, ...held] = Array.from({ length: 10 }, (_, index) => idOf(index + 1));
    network.use(
      http.delete(ASSET, async ({ params }) => {
        const id = String(params['id']);
        if (held.includes(id)) await gate.promise;
        return new HttpResponse(null, {
          status: library.remove(id) === 'deleted' || id === second ? 204 : 404,
        });
      }),
    );
    await user.click(button('Delete 10 forever'));
    await dialog('Deleting 10 assets');
    expect(await screen.findByText('2 of 10 done')).toBeVisible();
    await waitFor(() => expect(deletions()).toHaveLength(6));
    expect(screen.getByRole('progressbar')).toHaveAttribute('value', '2');
    await user.click(button('Stop'));
    gate.resolve();
    await dialog('6 assets were deleted, 4 not deleted');
    expect(deletions()).toHaveLength(6);
    expect(await failures()).toEqual(
      ['7', '8', '9', '10'].map((name) => expect.stringContaining(`${name}.pngNot tried`) as string),
    );
  });

  it('is not closed by Escape', async () => {
    const { user, onClose } = await askFor([{ name: 'fox.png' }]);
    const gate = deferred();
    network.use(
      http.delete(ASSET, async () => {
        await gate.promise;
        return new HttpResponse(null, { status: 204 });
      }),
    );
    await user.click(button('Delete forever'));
    await dialog('Deleting fox.png');
    await user.keyboard('{Escape}');
    expect(onClose).not.toHaveBeenCalled();
    gate.resolve();
    await waitFor(() => expect(onClose).toHaveBeenCalledOnce());
  });
});
