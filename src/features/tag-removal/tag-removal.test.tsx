import { screen, waitFor, within } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { useState } from 'react';
import { beforeEach, describe, expect, it } from 'vitest';

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
import { renderWithClient } from '@/testing/render';
import { clearToasts, Toaster } from '@/ui/toaster';

import BulkTagDialog from './bulk-tag-dialog';
import RootTagDialog from './root-tag-dialog';
import { useTagRemoval } from './use-tag-removal';

const network = pretendNetwork();
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

  async function bulk(assets = THREE) {
    const library = network.serveComfy(assets);
    const read = await readAssets(provider);
    const closed: true[] = [];
    function Page() {
      const [open, setOpen] = useState(true);
      const onClose = () => {
        closed.push(true);
        setOpen(false);
      };
      return (
        <>
          {open && <BulkTagDialog provider={provider} assets={read} onClose={onClose} />}
          <Toaster />
        </>
      );
    }
    const rendered = renderWithClient(<Page />);
    const tags = () => assets.map((_, index) => library.get(idOf(index + 1))?.tags);
    return { ...rendered, library, closed, tags, pick: (tag: string) => rendered.user.click(box(tag)) };
  }
  const box = (tag: string) => screen.getByRole('checkbox', { name: new RegExp(`^${tag}`) });

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
});
