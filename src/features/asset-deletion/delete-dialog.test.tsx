import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { beforeEach, describe, expect, it, vi } from 'vitest';

import { LedgerError } from '@/cleanup/ledger';
import type { ComfyAssetJson } from '@/demo/comfy-library';
import type { SeenAsset } from '@/domain/plan';
import type { AssetProvider } from '@/providers/provider';
import { anAsset } from '@/testing/assets';
import {
  COMFY_URL,
  comfyProvider,
  deferred,
  idOf,
  pretendNetwork,
  readAssets,
} from '@/testing/pretend-network';
import { openJobs } from '@/testing/open-jobs';
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
const alerts = () =>
  screen
    .getAllByRole('alert')
    .map((each) => each.textContent)
    .join();
const failures = async () =>
  within(await screen.findByRole('list', { name: 'Not deleted or unknown' }))
    .getAllByRole('listitem')
    .map((item) => item.textContent);

interface About {
  readonly from?: AssetProvider;
  readonly allMatching?: boolean;
  readonly known?: readonly SeenAsset[];
  readonly pinned?: readonly string[];
  readonly checksChanges?: boolean;
  readonly seenNow?: boolean;
}

function ask(asked: readonly SeenAsset[], about: About = {}) {
  const { from = provider, allMatching = false, known = asked, pinned = [] } = about;
  const { checksChanges = false, seenNow = true } = about;
  const jobs = openJobs(from);
  const told = {
    busy: [] as string[][],
    gone: [] as string[][],
    started: [] as (readonly [id: string, ids: readonly string[]])[],
    focusNext: vi.fn(),
    onClose: vi.fn<(left: readonly SeenAsset[]) => void>(),
  };
  const rendered = renderWithClient(
    <>
      <DeleteDialog
        provider={from}
        asked={asked}
        allMatching={allMatching}
        known={() => known}
        pinned={new Set(pinned)}
        center={jobs.center}
        items={jobs.items}
        graceSeconds={10}
        checksChanges={checksChanges}
        seenNow={seenNow}
        onBusy={(ids) => told.busy.push([...ids])}
        onStarted={(id, ids) => told.started.push([id, [...ids]])}
        onGone={(ids) => told.gone.push([...ids])}
        onClose={told.onClose}
        focusNext={told.focusNext}
      />
      <Toaster />
    </>,
  );
  return { ...rendered, ...told, jobs };
}

async function askFor(assets: readonly Partial<ComfyAssetJson>[], about: About = {}) {
  const library = network.serveComfy(assets);
  const read = await readAssets(provider);
  return { ...ask(read, about), library, assets: read };
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
      Array.from({ length: 1_204 }, (_, index) => anAsset({ id: `asset-${index}`, name: `${index}.png` })),
    );
    await user.click(screen.getByRole('textbox', { name: 'Type 1204 to confirm' }));
    await user.paste('12a04');
    expect(button('Delete 1,204 forever')).toBeDisabled();
    await user.clear(screen.getByRole('textbox'));
    await user.paste(typed);
    expect(button('Delete 1,204 forever')).toBeEnabled();
  });
});

describe('high stakes', () => {
  const confirmFifty = async () => {
    const opened = await askFor(many(50));
    await opened.user.type(screen.getByRole('textbox'), '50');
    return opened;
  };

  it('become a job that goes on outside of the dialog', async () => {
    const { user, jobs, started, busy, onClose, assets } = await askFor(many(50), { checksChanges: true });
    await user.type(screen.getByRole('textbox'), '50');
    await user.click(button('Delete 50 forever'));
    await waitFor(() => expect(onClose).toHaveBeenCalledExactlyOnceWith([]));
    expect(jobs.started).toEqual([expect.objectContaining({ graceSeconds: 10, checksChanges: true })]);
    expect(jobs.started[0]?.plan.items.map((item) => item.id)).toEqual(assets.map((asset) => asset.id));
    expect(started).toEqual([[jobs.jobs()[0]?.id, assets.map((asset) => asset.id)]]);
    expect(busy).toEqual([]);
  });

  it('save the list before the first request', async () => {
    const { user, onClose } = await confirmFifty();
    await user.click(button('Delete 50 forever'));
    await waitFor(() => expect(onClose).toHaveBeenCalled());
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
    const { user, jobs } = await confirmFifty();
    await user.click(button('Delete 50 forever'));
    await waitFor(() =>
      expect(alerts()).toContain('The list of what goes could not be saved, so nothing was deleted.'),
    );
    expect(jobs.started).toEqual([]);
    expect(await dialog('Delete 50 assets?')).toBeVisible();
  });

  it('stop when the job cannot be written down, and send nothing', async () => {
    const { user, jobs, onClose, started } = await confirmFifty();
    jobs.failStarts(new LedgerError('quota'));
    const shown = vi.spyOn(Element.prototype, 'scrollIntoView');
    await user.click(button('Delete 50 forever'));
    await waitFor(() =>
      expect(alerts()).toContain('The job could not be written down, so nothing was deleted. Free some'),
    );
    // On a phone it comes below what is in view.
    expect(shown.mock.contexts).toContain(screen.getByText(/^The job could not be written down/));
    expect(started).toEqual([]);
    expect(onClose).not.toHaveBeenCalled();
    expect(deletions()).toEqual([]);
    expect(await dialog('Delete 50 assets?')).toBeVisible();
  });

  it('are carried out once, however often the button is pressed', async () => {
    const { jobs, onClose } = await confirmFifty();
    const confirm = button('Delete 50 forever');
    fireEvent.click(confirm);
    fireEvent.click(confirm);
    await waitFor(() => expect(onClose).toHaveBeenCalledOnce());
    expect(saved).toHaveLength(1);
    expect(jobs.started).toHaveLength(1);
  });

  it('are called off by "Stop" while the list is being saved', async () => {
    const { user, jobs, onClose } = await confirmFifty();
    fireEvent.click(button('Delete 50 forever'));
    fireEvent.click(button('Stop'));
    await dialog('Delete 50 assets?');
    expect(jobs.started).toEqual([]);
    expect(onClose).not.toHaveBeenCalled();
    await user.click(button('Delete 50 forever'));
    await waitFor(() => expect(jobs.started).toHaveLength(1));
  });

  it('include everything that matches, however few', async () => {
    const { started } = await askFor(many(2), { allMatching: true });
    expect(screen.getByRole('textbox', { name: 'Type 2 to confirm' })).toBeVisible();
    expect(started).toEqual([]);
  });
});

describe('a dry run', () => {
  it('saves the plan, deletes nothing, and says so', async () => {
    const { user, onClose, jobs } = await askFor(many(60));
    await user.click(button('Save this plan and delete nothing'));
    await waitFor(() => expect(onClose).toHaveBeenCalledExactlyOnceWith([]));
    expect(outcome()).toContain('Dry run: the plan of 60 assets was saved. Nothing was deleted.');
    expect(saved).toHaveLength(1);
    expect((await saved[0]?.content.text())?.trim().split('\r\n')).toHaveLength(61);
    expect(jobs.started).toEqual([]);
  });

  it('cannot be turned into a deletion while it is being saved', async () => {
    const { onClose, jobs } = await askFor(many(2));
    fireEvent.click(button('Save this plan and delete nothing'));
    expect(button('Delete 2 forever')).toBeDisabled();
    await waitFor(() => expect(onClose).toHaveBeenCalledOnce());
    expect(jobs.started).toEqual([]);
  });

  it('claims nothing when the plan could not be saved', async () => {
    vi.spyOn(URL, 'createObjectURL').mockImplementation(() => {
      throw new Error('disk full');
    });
    const { user, onClose } = await askFor(many(2));
    await user.click(button('Save this plan and delete nothing'));
    await waitFor(() => expect(alerts()).toContain('The list could not be saved.'));
    expect(outcome()).not.toContain('Dry run: the plan');
    expect(onClose).not.toHaveBeenCalled();
  });

  it('is not offered for a single asset', async () => {
    await askFor([{ name: 'fox.png' }]);
    expect(screen.queryByRole('button', { name: /delete nothing/ })).not.toBeInTheDocument();
  });
});

describe('what is left out', () => {
  /** Ids of what would be deleted, once it is confirmed. */
  const planned = async ({ user, jobs }: Pick<ReturnType<typeof ask>, 'user' | 'jobs'>) => {
    await user.click(button(/^Delete.* forever$/));
    await waitFor(() => expect(jobs.started).toHaveLength(1));
    return jobs.started[0]?.plan.items.map((item) => item.id);
  };
  const leftOut = () => screen.getByRole('region', { name: 'Left out' });

  it('is grouped by reason, each with its names', async () => {
    const asked = [
      anAsset({ id: 'a', name: 'a.png' }),
      anAsset({ id: 'b', name: 'b.png' }),
      anAsset({ id: 'pin-1', name: 'pin-1.png' }),
      anAsset({ id: 'pin-2', name: 'pin-2.png' }),
      anAsset({ id: 'open', name: 'open.png', protection: 'public' }),
    ];
    const opened = ask(asked, { pinned: ['pin-1', 'pin-2'] });
    await dialog('Delete 2 assets?');
    expect(leftOut()).toHaveTextContent('3 assets are left out');
    expect(leftOut()).toHaveTextContent('open.png: Public');
    await opened.user.click(within(leftOut()).getByText(/^2 assets: Pinned by you/));
    const names = await within(leftOut()).findByRole('list');
    expect(
      within(names)
        .getAllByRole('listitem')
        .map((each) => each.textContent),
    ).toEqual(['pin-1.png', 'pin-2.png']);
    expect(within(leftOut()).queryByRole('button')).not.toBeInTheDocument();
    network.serveComfy([]);
    expect(await planned(opened)).toEqual(['a', 'b']);
  });

  it('is a single asset that the person pinned', async () => {
    ask([anAsset({ id: 'a', name: 'fox.png' })], { pinned: ['a'] });
    await dialog('Nothing here can be deleted');
    expect(leftOut()).toHaveTextContent('fox.png: Pinned by you');
    expect(screen.queryByRole('button', { name: /forever/ })).not.toBeInTheDocument();
  });

  const OWNER = anAsset({ id: 'owner', name: 'film.mp4', previewAssetId: 'still' });
  const STILL = anAsset({ id: 'still', name: 'still.png' });
  const OTHER = anAsset({ id: 'other', name: 'other.png', previewAssetId: 'elsewhere' });

  it('is the preview of an asset that is kept, unless the person includes it', async () => {
    const opened = ask([STILL, OTHER], { known: [OWNER, STILL, OTHER] });
    await dialog('Delete other.png?');
    expect(leftOut()).toHaveTextContent('still.png: Preview of an asset that is kept');
    await opened.user.click(within(leftOut()).getByRole('button', { name: /^Include these/ }));
    await dialog('Delete 2 assets?');
    expect(screen.queryByRole('region', { name: 'Left out' })).not.toBeInTheDocument();
    network.serveComfy([]);
    expect(await planned(opened)).toEqual(['still', 'other']);
    // The record says what was seen.
    expect(opened.jobs.started[0]?.plan.items[1]?.previewAssetId).toBe('elsewhere');
  });

  const copies = ['1', '2', '3'].map((id) =>
    anAsset({
      ...{ id, name: `${id}.png`, contentHash: 'same' },
      createdAt: `2026-03-1${id}T08:00:00Z`,
    }),
  );

  it('is one copy of each content once the person asks for that, and can be taken in again', async () => {
    const { user } = ask(copies);
    await dialog('Delete 3 assets?');
    const caution = '1 content that is kept more than once would lose every known copy.';
    expect(screen.getByText(caution)).toBeVisible();
    await user.click(button('Keep one copy of each'));
    await dialog('Delete 2 assets?');
    expect(screen.queryByText(caution)).not.toBeInTheDocument();
    expect(leftOut()).toHaveTextContent('1.png: Last copy of its content');
    await user.click(within(leftOut()).getByRole('button', { name: /^Include these/ }));
    await dialog('Delete 3 assets?');
    expect(screen.getByText(caution)).toBeVisible();
  });

  it('is nothing, and there is no caution, when another copy is known', async () => {
    ask(copies.slice(1), { known: copies });
    await dialog('Delete 2 assets?');
    expect(screen.queryByText(/known copy/)).not.toBeInTheDocument();
  });

  it('makes another list, which is saved anew', async () => {
    const fifty = Array.from({ length: 50 }, (_, index) =>
      anAsset({ id: `x${index}`, contentHash: 'other' }),
    );
    const { user, jobs } = ask([...fifty, ...copies]);
    await user.click(button('Save as CSV'));
    expect(await screen.findByText('Saved')).toBeVisible();
    await user.click(button('Keep one copy of each'));
    expect(screen.queryByText('Saved')).not.toBeInTheDocument();
    await user.type(screen.getByRole('textbox', { name: 'Type 51 to confirm' }), '51');
    await user.click(button('Delete 51 forever'));
    await waitFor(() => expect(jobs.started).toHaveLength(1));
    expect((await saved.at(-1)?.content.text())?.trim().split('\r\n')).toHaveLength(52);
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
      expect.stringMatching(/^1\.pngProtected: .*refuses this for now.*No 1.*status 409/),
      expect.stringMatching(/^3\.png.*does not accept this request.*No 3.*status 400/),
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
    await dialog('fox.png was not deleted');
    await user.click(button('Try again'));
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

  it('of the key leave no paused job behind: what is left stays ticked instead', async () => {
    const { user, jobs, onClose, assets } = await askFor(many(3));
    network.use(http.delete(ASSET, () => new HttpResponse(null, { status: 401 })));
    await user.click(button('Delete 3 forever'));
    await user.click(await screen.findByRole('button', { name: 'Close' }));
    await waitFor(() => expect(jobs.jobs()[0]?.phase).toBe('cancelled'));
    const [left] = onClose.mock.calls[0] ?? [];
    expect(left?.map((item) => item.id)).toEqual(assets.map((asset) => asset.id));
  });

  it('of the storage stop a retry before it begins, and the result stays', async () => {
    const { user, jobs } = await askFor(many(2));
    refuse(1);
    await user.click(button('Delete 2 forever'));
    await dialog('1 asset was deleted, 1 not deleted');
    jobs.failStarts(new LedgerError('quota'));
    await user.click(button('Try again'));
    await waitFor(() => expect(alerts()).toContain('The job could not be written down'));
    expect(deletions()).toHaveLength(2);
    expect(await dialog('1 asset was deleted, 1 not deleted')).toBeVisible();
  });

  it('that are changes meanwhile are told apart, and not tried again blindly', async () => {
    network.serveComfy(many(3));
    const [first, second, third] = await readAssets(provider);
    const earlier = { ...second!, updatedAt: '2026-01-01T00:00:00Z' };
    const { user } = ask([first!, earlier, third!], { checksChanges: true });
    await user.click(button('Delete 3 forever'));
    await dialog('2 assets were deleted, 1 changed meanwhile');
    expect(await failures()).toEqual([expect.stringMatching(/^2\.pngChanged since it was selected/)]);
    expect(screen.queryByRole('button', { name: /again|Retry/ })).not.toBeInTheDocument();
  });
});

describe('where the focus goes', () => {
  const opener = document.createElement('button');

  async function refuse(...numbers: readonly number[]) {
    document.body.append(opener);
    opener.focus();
    const opened = await askFor(many(2));
    for (const number of numbers) {
      network.use(
        http.delete(`${COMFY_URL}/api/assets/${idOf(number)}`, () => new HttpResponse(null, { status: 409 })),
      );
    }
    await opened.user.click(button('Delete 2 forever'));
    await screen.findByRole('list', { name: 'Not deleted or unknown' });
    opened.unmount();
    return opened;
  }

  it('is the next row once something is gone', async () => {
    const { focusNext } = await refuse(1);
    await waitFor(() => expect(focusNext).toHaveBeenCalledOnce());
  });

  it('is where it was when everything is still there', async () => {
    const { focusNext } = await refuse(1, 2);
    await waitFor(() => expect(opener).toHaveFocus());
    expect(focusNext).not.toHaveBeenCalled();
  });
});

describe('while it runs', () => {
  it.each([
    { count: 1, seenNow: true, checksChanges: false },
    { count: 1, seenNow: false, checksChanges: true },
    { count: 2, seenNow: true, checksChanges: true },
  ])('looks for changes first, but not at one on screen: $count', async ({ checksChanges, ...about }) => {
    const { user, jobs, started } = await askFor(many(about.count), { ...about, checksChanges: true });
    await user.click(button(/forever$/));
    await waitFor(() =>
      expect(jobs.started).toEqual([expect.objectContaining({ graceSeconds: 0, checksChanges })]),
    );
    expect(started).toEqual([]);
  });

  it('goes on without its dialog, which then closes nothing', async () => {
    const { user, library, onClose, gone, busy, unmount } = await askFor(many(4));
    const gate = deferred();
    network.use(
      http.delete(ASSET, async () => {
        await gate.promise;
      }),
    );
    await user.click(button('Delete 4 forever'));
    await waitFor(() => expect(deletions()).toHaveLength(3));
    unmount();
    gate.resolve();
    await waitFor(() => expect(gone).toHaveLength(1));
    expect(library.list().total).toBe(0);
    expect(busy.at(-1)).toEqual([]);
    expect(onClose).not.toHaveBeenCalled();
  });

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
    await waitFor(() => expect(deletions()).toHaveLength(5));
    expect(screen.getByRole('progressbar')).toHaveAttribute('value', '2');
    await user.click(button('Stop'));
    gate.resolve();
    await dialog('5 assets were deleted, 5 not deleted');
    expect(deletions()).toHaveLength(5);
    expect(await failures()).toEqual(
      ['6', '7', '8', '9', '10'].map((name) => expect.stringContaining(`${name}.pngNot tried`) as string),
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
