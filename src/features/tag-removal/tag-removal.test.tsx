import { screen, waitFor, within } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { useState } from 'react';
import { beforeEach, describe, expect, it, vi } from 'vitest';

import { LedgerError } from '@/cleanup/ledger';
import type { ComfyAssetJson } from '@/demo/comfy-library';
import type { Asset } from '@/domain/asset';
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

import BulkTagDialog from './bulk-tag-dialog';
import RootTagDialog from './root-tag-dialog';
import { useTagRemoval } from './use-tag-removal';

const network = pretendNetwork();
const NONE_PICKED: readonly string[] = [];
const provider = comfyProvider();
const TAGS = `${COMFY_URL}/api/assets/:id/tags`;

beforeEach(clearToasts);

const button = (name: string) => screen.getByRole('button', { name });
const said = () =>
  screen
    .getAllByRole('status')
    .map((each) => each.textContent)
    .join();
const complaints = () =>
  screen
    .getAllByRole('alert')
    .map((each) => each.textContent)
    .join();
const removals = () => network.requests('DELETE ').toSorted();
const refuse = (number: number) =>
  network.use(
    http.delete(`${COMFY_URL}/api/assets/${idOf(number)}/tags`, () =>
      HttpResponse.json({ code: 'BUSY', message: `No ${number}` }, { status: 409 }),
    ),
  );

/** One asset with a button that takes these tags off. */
function Single({ asset, tags }: { asset: Asset; tags: readonly string[] }) {
  const removal = useTagRemoval(provider);
  return (
    <>
      <button type="button" onClick={() => removal.remove(asset, tags)}>
        Take off
      </button>
      {removal.question !== null && (
        <RootTagDialog edit={removal.question} onConfirm={removal.confirm} onClose={removal.dismiss} />
      )}
      <Toaster />
    </>
  );
}

async function single(tags: readonly string[], has: readonly string[] = ['output', 'draft', 'animal']) {
  const library = network.serveComfy([{ name: 'fox.png', tags: has }]);
  const [asset] = await readAssets(provider);
  const rendered = renderWithClient(<Single asset={asset!} tags={tags} />);
  await rendered.user.click(button('Take off'));
  return { ...rendered, library, now: () => library.get(idOf(1))?.tags };
}

describe('taking a tag off', () => {
  it('asks nothing for an ordinary tag, and can be undone', async () => {
    const { user, now } = await single(['draft']);
    await waitFor(() => expect(said()).toContain('Tag “draft” removed from fox.png'));
    expect(now()).toEqual(['output', 'animal']);
    await user.click(button('Undo'));
    await waitFor(() => expect(said()).toContain('Tag “draft” put back on fox.png'));
    expect(now()).toEqual(['output', 'animal', 'draft']);
  });

  it('puts back on undo only what it took off', async () => {
    const { user, now } = await single(['draft', 'never-there']);
    await user.click(await screen.findByRole('button', { name: 'Undo' }));
    await waitFor(() => expect(now()).toEqual(['output', 'animal', 'draft']));
  });

  it('says when the tag was not there any more, with nothing to undo', async () => {
    await single(['gone']);
    await waitFor(() => expect(said()).toContain('Tag “gone” was not on fox.png any more'));
    expect(screen.queryByRole('button', { name: 'Undo' })).not.toBeInTheDocument();
  });

  it('says why it failed', async () => {
    network.serveComfy([{ name: 'fox.png' }]);
    const [asset] = await readAssets(provider);
    refuse(1);
    const { user } = renderWithClient(<Single asset={asset!} tags={['output-draft']} />);
    await user.click(button('Take off'));
    await waitFor(() =>
      expect(complaints()).toContain(
        'Tag “output-draft” is still on fox.png. Comfy Cloud refuses this for now',
      ),
    );
    expect(complaints()).toContain('No 1');
  });

  it.each([
    ['no answer', () => HttpResponse.error()],
    ['a fault of the server', () => new HttpResponse(null, { status: 500 })],
    ['an answer that cannot be read', () => HttpResponse.html('<p>Hello</p>')],
  ])('does not claim to know what became of it after %s', async (_what, answer) => {
    network.serveComfy([{ name: 'fox.png', tags: ['draft'] }]);
    const [asset] = await readAssets(provider);
    network.use(http.delete(TAGS, answer));
    const { user } = renderWithClient(<Single asset={asset!} tags={['draft']} />);
    await user.click(button('Take off'));
    await waitFor(() =>
      expect(complaints()).toContain(
        'Tag “draft” may or may not still be on fox.png: the list is read again to find out.',
      ),
    );
    expect(complaints()).not.toContain('is still on');
  });

  it('does not claim to know what became of an undo without an answer', async () => {
    const { user } = await single(['draft']);
    network.use(http.post(TAGS, () => HttpResponse.error()));
    await user.click(await screen.findByRole('button', { name: 'Undo' }));
    await waitFor(() => expect(complaints()).toContain('Tag “draft” may or may not be back on fox.png'));
  });

  it.each([
    ['worked', () => undefined, 'Tag “draft” put back on fox.png'],
    ['failed', () => new HttpResponse(null, { status: 403 }), 'Tag “draft” could not be put back'],
  ])('tells that the undo %s even when the library is left meanwhile', async (_how, answer, says) => {
    network.serveComfy([{ name: 'fox.png', tags: ['draft'] }]);
    const [asset] = await readAssets(provider);
    const gate = deferred();
    network.use(
      http.post(TAGS, async () => {
        await gate.promise;
        return answer();
      }),
    );
    function Page() {
      const [left, setLeft] = useState(false);
      return (
        <>
          {left ? <Toaster /> : <Single asset={asset!} tags={['draft']} />}
          <button type="button" onClick={() => setLeft(true)}>
            Leave
          </button>
        </>
      );
    }
    const { user } = renderWithClient(<Page />);
    await user.click(button('Take off'));
    await user.click(await screen.findByRole('button', { name: 'Undo' }));
    await user.click(button('Leave'));
    gate.resolve();
    await waitFor(() => expect(said() + complaints()).toContain(says));
  });

  it('says when the undo failed', async () => {
    const { user } = await single(['draft']);
    network.use(http.post(TAGS, () => new HttpResponse(null, { status: 403 })));
    await user.click(await screen.findByRole('button', { name: 'Undo' }));
    await waitFor(() =>
      expect(complaints()).toContain('Tag “draft” could not be put back. Comfy Cloud does not allow'),
    );
  });
});

describe('taking a root tag off', () => {
  it('asks first, starting on Keep, and warns that the asset will vanish from views', async () => {
    const { user } = await single(['output', 'draft']);
    const question = screen.getByRole('alertdialog', { name: 'Remove “output” from fox.png?' });
    expect(within(question).getByRole('button', { name: 'Keep' })).toHaveFocus();
    expect(question).toHaveAccessibleDescription(/will vanish from views.*Nothing is deleted/);
    expect(removals()).toEqual([]);
    await user.click(button('Keep'));
    expect(screen.queryByRole('alertdialog')).not.toBeInTheDocument();
    expect(button('Take off')).toHaveFocus();
    expect(removals()).toEqual([]);
  });

  it('goes on once it is confirmed', async () => {
    const { user, now } = await single(['output', 'draft']);
    await user.click(button('Remove'));
    await waitFor(() => expect(said()).toContain('2 tags removed from fox.png'));
    expect(now()).toEqual(['animal']);
  });
});

describe('taking tags off many', () => {
  const THREE: readonly Partial<ComfyAssetJson>[] = [
    { name: 'a.png', tags: ['output', 'draft'] },
    { name: 'b.png', tags: ['draft', 'animal'] },
    { name: 'c.png', tags: ['animal'] },
  ];

  async function bulk(assets = THREE, { allMatching = false, picked = NONE_PICKED } = {}) {
    const library = network.serveComfy(assets);
    const read = await readAssets(provider);
    const closed: true[] = [];
    const jobs = openJobs(provider);
    const onStarted = vi.fn<(jobId: string, ids: ReadonlySet<string>) => void>();
    function Page() {
      const [open, setOpen] = useState(true);
      const onClose = () => {
        closed.push(true);
        setOpen(false);
      };
      return (
        <>
          {open && (
            <BulkTagDialog
              picked={picked}
              provider={provider}
              asked={read}
              allMatching={allMatching}
              center={jobs.center}
              items={jobs.items}
              graceSeconds={10}
              onStarted={onStarted}
              onClose={onClose}
            />
          )}
          <Toaster />
        </>
      );
    }
    const rendered = renderWithClient(<Page />);
    const tags = () => assets.map((_, index) => library.get(idOf(index + 1))?.tags);
    const pick = (tag: string) => rendered.user.click(box(tag));
    return { ...rendered, library, closed, jobs, onStarted, tags, pick };
  }
  const box = (tag: string) => screen.getByRole('checkbox', { name: new RegExp(`^${tag}`) });

  it('begins with what was picked elsewhere, which stands first', async () => {
    const { user, tags } = await bulk(THREE, { picked: ['output', 'draft'] });
    expect(screen.getAllByRole('checkbox').map((each) => each.closest('label')?.textContent)).toEqual([
      'draft2',
      'output1',
      'animal2',
    ]);
    expect(box('draft')).toBeChecked();
    expect(box('animal')).not.toBeChecked();
    expect(screen.getByText('Affects 2 assets. Nothing is deleted.')).toBeVisible();
    expect(screen.getByRole('alertdialog')).toHaveTextContent('vanish');
    expect(removals()).toEqual([]);
    await user.click(box('output'));
    await user.click(button('Remove'));
    await waitFor(() => expect(tags().flat()).not.toContain('draft'));
    expect(tags().flat()).toContain('output');
  });

  it('offers every tag with how many have it, and sends nothing yet', async () => {
    const { pick } = await bulk();
    const question = screen.getByRole('alertdialog', { name: 'Remove tags from 3 assets' });
    expect(within(question).getByRole('button', { name: 'Keep' })).toHaveFocus();
    expect(screen.getAllByRole('checkbox').map((each) => each.closest('label')?.textContent)).toEqual([
      'animal2',
      'draft2',
      'output1',
    ]);
    expect(button('Remove')).toBeDisabled();
    await pick('draft');
    expect(screen.getByText('Affects 2 assets. Nothing is deleted.')).toBeVisible();
    expect(question).not.toHaveTextContent('vanish');
    await pick('output');
    expect(question).toHaveTextContent('vanish');
    expect(removals()).toEqual([]);
  });

  it('asks only the assets that have a tag, for the tags they have', async () => {
    const { user, pick, closed, tags } = await bulk();
    await pick('draft');
    await pick('output');
    await user.click(button('Remove'));
    await waitFor(() => expect(closed).toHaveLength(1));
    expect(removals()).toEqual([`DELETE /api/assets/${idOf(1)}/tags`, `DELETE /api/assets/${idOf(2)}/tags`]);
    expect(tags()).toEqual([[], ['animal'], ['animal']]);
    expect(said()).toContain('Tags removed from 2 assets');
  });

  it('can be undone, which adds again only what went', async () => {
    const { user, library, pick, closed, tags } = await bulk();
    library.removeTags(idOf(2), ['draft']);
    await pick('draft');
    await pick('animal');
    await user.click(button('Remove'));
    await waitFor(() => expect(closed).toHaveLength(1));
    await user.click(button('Undo'));
    await waitFor(() => expect(said()).toContain('Tags put back on 3 assets'));
    expect(tags()).toEqual([['output', 'draft'], ['animal'], ['animal']]);
  });

  it('lists what failed by name, and sends only that again', async () => {
    const { user, pick, closed, tags } = await bulk();
    refuse(2);
    await pick('draft');
    await user.click(button('Remove'));
    const failed = await screen.findByRole('alertdialog', { name: 'Tags are still on 1 asset' });
    expect(
      within(failed)
        .getAllByRole('listitem')
        .map((item) => item.textContent),
    ).toEqual([expect.stringMatching(/^b\.png\. Comfy Cloud refuses this for now\. No 2/)]);
    expect(said()).toContain('Tags removed from 1 asset');
    expect(closed).toEqual([]);
    const before = network.sent.length;
    network.server.resetHandlers();
    network.serveComfy(THREE);
    await user.click(button('Retry 1 failed'));
    await waitFor(() => expect(closed).toHaveLength(1));
    expect(network.sent.slice(before).filter((each) => each.startsWith('DELETE'))).toEqual([
      `DELETE /api/assets/${idOf(2)}/tags`,
    ]);
    expect(tags()[0]).toEqual(['output']);
  });

  it('does not claim an outcome when nothing could be removed', async () => {
    const { user, pick } = await bulk();
    refuse(1);
    refuse(2);
    await pick('draft');
    await user.click(button('Remove'));
    await screen.findByRole('alertdialog', { name: 'Tags are still on 2 assets' });
    expect(said()).not.toContain('Tags removed');
  });

  it('says when none of them was there any more', async () => {
    const { user, library, pick, closed } = await bulk();
    library.removeTags(idOf(1), ['output']);
    await pick('output');
    await user.click(button('Remove'));
    await waitFor(() => expect(closed).toHaveLength(1));
    expect(said()).toContain('The tags were not there any more');
    expect(screen.queryByRole('button', { name: 'Undo' })).not.toBeInTheDocument();
  });

  it('counts how far it is of what it was asked, in a retry as well', async () => {
    const { user, pick } = await bulk();
    refuse(2);
    await pick('draft');
    await user.click(button('Remove'));
    const retry = await screen.findByRole('button', { name: 'Retry 1 failed' });
    const gate = deferred();
    network.use(
      http.delete(TAGS, async () => {
        await gate.promise;
        return HttpResponse.json({ total_tags: [], removed: ['draft'], not_present: [] });
      }),
    );
    await user.click(retry);
    expect(await screen.findByText('0 of 1 done')).toBeVisible();
    expect(button('Remove')).toBeDisabled();
    expect(box('draft')).toBeDisabled();
    gate.resolve();
    await waitFor(() => expect(said()).toContain('Tags removed from 1 asset'));
  });

  it('says when there is no tag at all', async () => {
    await bulk([{ tags: [] }, { tags: [] }]);
    expect(screen.getByText('None of them has a tag.')).toBeVisible();
    expect(button('Remove')).toBeDisabled();
  });

  it('tells apart the assets that did not have the tags any more', async () => {
    const { user, library, pick, closed } = await bulk();
    library.removeTags(idOf(2), ['draft']);
    await pick('draft');
    await user.click(button('Remove'));
    await waitFor(() => expect(closed).toHaveLength(1));
    expect(said()).toContain('Tags removed from 1 asset, 1 asset did not have them any more');
  });

  it('takes an asset that is gone for done', async () => {
    const { user, library, pick, closed } = await bulk();
    library.remove(idOf(1));
    await pick('draft');
    await user.click(button('Remove'));
    await waitFor(() => expect(closed).toHaveLength(1));
    expect(said()).toContain('Tags removed from 1 asset, 1 asset already gone');
  });

  it('starts at once, and never skips an asset because it changed', async () => {
    const { user, pick, closed, jobs, onStarted } = await bulk();
    await pick('draft');
    await user.click(button('Remove'));
    await waitFor(() => expect(closed).toHaveLength(1));
    expect(jobs.started).toEqual([expect.objectContaining({ graceSeconds: 0, checksChanges: false })]);
    expect(onStarted).not.toHaveBeenCalled();
  });

  it('says why the undo failed', async () => {
    const { user, pick, closed } = await bulk();
    await pick('animal');
    await user.click(button('Remove'));
    await waitFor(() => expect(closed).toHaveLength(1));
    network.use(http.post(TAGS, () => new HttpResponse(null, { status: 403 })));
    await user.click(button('Undo'));
    await waitFor(() =>
      expect(complaints()).toContain(
        'Tags could not be put back on 2 assets. Comfy Cloud does not allow this.',
      ),
    );
  });

  it('leaves protected assets out, and says so', async () => {
    const { pick } = await bulk([...THREE, { name: 'fixed.png', tags: ['draft'], is_immutable: true }]);
    await pick('draft');
    expect(screen.getByText('Affects 2 assets. Nothing is deleted.')).toBeVisible();
    expect(screen.getByText(/^1 asset is left out\. Immutable/)).toBeVisible();
  });

  it('stops when told to, and keeps the rest for a retry', async () => {
    const { user, pick, tags, jobs } = await bulk(Array.from({ length: 6 }, () => ({ tags: ['draft'] })));
    const gate = deferred();
    network.use(
      http.delete(TAGS, async () => {
        await gate.promise;
      }),
    );
    await pick('draft');
    await user.click(button('Remove'));
    await waitFor(() => expect(removals()).toHaveLength(3));
    await user.click(button('Stop'));
    gate.resolve();
    const failed = await screen.findByRole('alertdialog', { name: 'Tags are still on 3 assets' });
    expect(within(failed).getAllByText(/Not tried: the work was stopped before/)).toHaveLength(3);
    expect(removals()).toHaveLength(3);
    await user.click(button('Retry 3 failed'));
    await waitFor(() => expect(tags().flat()).toEqual([]));
    expect(jobs.started.map(({ retries }) => retries)).toEqual([undefined, jobs.jobs()[0]?.id]);
  });

  it('shows what a refused key stopped, and leaves no paused job behind', async () => {
    const { user, pick, closed, jobs } = await bulk();
    network.use(http.delete(TAGS, () => HttpResponse.json({ message: 'Key revoked' }, { status: 401 })));
    await pick('draft');
    await user.click(button('Remove'));
    await screen.findByRole('alertdialog', { name: 'Tags are still on 2 assets' });
    expect(complaints()).toContain('Comfy Cloud does not accept the key');
    await user.click(button('Close'));
    expect(closed).toHaveLength(1);
    await waitFor(() => expect(jobs.jobs()[0]?.phase).toBe('cancelled'));
  });

  it('stays, and sends nothing, when the job cannot be written down', async () => {
    const { user, pick, closed, jobs } = await bulk();
    jobs.failStarts(new LedgerError('quota'));
    await pick('draft');
    await user.click(button('Remove'));
    await waitFor(() =>
      expect(complaints()).toContain('The job could not be written down, so nothing was changed.'),
    );
    expect(removals()).toEqual([]);
    expect(closed).toEqual([]);
    jobs.failStarts(null);
    await user.click(button('Remove'));
    await waitFor(() => expect(closed).toHaveLength(1));
  });

  describe('that are 50 or more', () => {
    const FIFTY = Array.from({ length: 50 }, () => ({ tags: ['draft'] }));

    it('wants the count typed, and leaves the job to go on outside', async () => {
      const { user, pick, closed, jobs, onStarted } = await bulk([...FIFTY, { tags: ['animal'] }]);
      await pick('draft');
      expect(button('Remove')).toBeDisabled();
      await user.type(screen.getByRole('textbox', { name: 'Type 50 to confirm' }), '50');
      await user.click(button('Remove'));
      await waitFor(() => expect(closed).toHaveLength(1));
      expect(jobs.started).toEqual([expect.objectContaining({ graceSeconds: 10 })]);
      const ids = new Set(FIFTY.map((_, index) => idOf(index + 1)));
      expect(onStarted.mock.calls).toEqual([[jobs.jobs()[0]?.id, ids]]);
    });

    it('are not meant when only some of them have the tag', async () => {
      const { pick } = await bulk([...FIFTY, { tags: ['animal'] }]);
      await pick('animal');
      expect(screen.queryByRole('textbox')).not.toBeInTheDocument();
      expect(button('Remove')).toBeEnabled();
    });
  });

  it('wants the count typed for everything that matches, however few', async () => {
    const { user, pick, onStarted } = await bulk(THREE, { allMatching: true });
    await pick('draft');
    expect(button('Remove')).toBeDisabled();
    await user.type(screen.getByRole('textbox', { name: 'Type 2 to confirm' }), '2');
    await user.click(button('Remove'));
    await waitFor(() => expect(onStarted).toHaveBeenCalledOnce());
  });
});
