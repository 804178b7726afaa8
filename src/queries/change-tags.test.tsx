import { MutationObserver, QueryObserver, type QueryClient } from '@tanstack/react-query';
import { http, HttpResponse } from 'msw';
import { beforeEach, describe, expect, it, vi } from 'vitest';

import type { Asset } from '@/domain/asset';
import { DEFAULT_QUERY } from '@/domain/asset-query';
import { COMFY_URL, comfyProvider, deferred, idOf, pretendNetwork } from '@/testing/pretend-network';
import { testQueryClient } from '@/testing/render';

import { findListedAsset } from './asset-cache';
import { assetKeys, assetQueries } from './asset-queries';
import { addTagsMutation, removeTagsMutation, type TagEdit } from './change-tags';

const network = pretendNetwork();
const provider = comfyProvider();
const id = idOf(1);
const TAGS = `${COMFY_URL}/api/assets/:id/tags`;

let client: QueryClient;
let library: ReturnType<typeof network.serveComfy>;
let fox: Asset;

const remove = (...tags: string[]) =>
  new MutationObserver(client, removeTagsMutation(provider)).mutate({ asset: fox, tags });
const add = (edit: TagEdit) => new MutationObserver(client, addTagsMutation(provider)).mutate(edit);
const listed = () => findListedAsset(client, 'cloud', id)?.tags;
const detailed = () => client.getQueryData<Asset>(assetKeys.detail('cloud', id))?.tags;
const lists = () => network.requests('GET /api/assets?').length;
const details = () => network.requests(`GET /api/assets/${id}`).length;

/** Holds the answer to each removal, in the order of the first tag's name, until the test gives it. */
function holdAnswers(refused: readonly string[] = []) {
  const gates = new Map<string, ReturnType<typeof deferred<void>>>();
  const gate = (tag: string) => gates.get(tag) ?? gates.set(tag, deferred()).get(tag)!;
  network.use(
    http.delete(TAGS, async ({ request }) => {
      const { tags } = (await request.clone().json()) as { tags: [string] };
      // Done now, told later.
      const outcome = refused.includes(tags[0]) ? null : library.removeTags(id, tags);
      await gate(tags[0]).promise;
      if (outcome === null) return HttpResponse.json({ code: 'BUSY', message: 'Not now' }, { status: 409 });
      if (typeof outcome === 'string') throw new Error(outcome);
      return HttpResponse.json({
        ...{ total_tags: outcome.total, removed: outcome.changed, not_present: outcome.unchanged },
      });
    }),
  );
  return (tag: string) => gate(tag).resolve();
}

beforeEach(async () => {
  client = testQueryClient();
  library = network.serveComfy([{ tags: ['output', 'draft', 'animal'] }, { tags: ['draft'] }]);
  await client.query(assetQueries.list(provider, DEFAULT_QUERY));
  fox = await client.query(assetQueries.detail(provider, id));
});

describe('a removal', () => {
  it('shows in the list and in the detail at once', async () => {
    const answer = holdAnswers();
    const removal = remove('draft');
    await vi.waitFor(() => expect(listed()).toEqual(['output', 'animal']));
    expect(detailed()).toEqual(['output', 'animal']);
    expect(findListedAsset(client, 'cloud', idOf(2))?.tags).toEqual(['draft']);
    answer('draft');
    expect(await removal).toEqual({ totalTags: ['output', 'animal'], changed: ['draft'], unchanged: [] });
  });

  it('believes the reply, not the request', async () => {
    network.use(
      http.delete(TAGS, () =>
        HttpResponse.json({ total_tags: ['draft', 'kept'], removed: [], not_present: [] }),
      ),
    );
    await remove('draft');
    expect(listed()).toEqual(['draft', 'kept']);
    expect(detailed()).toEqual(['draft', 'kept']);
  });

  it('tells which tags were not there any more', async () => {
    library.removeTags(id, ['draft']);
    expect(await remove('draft', 'animal')).toEqual({
      ...{ totalTags: ['output'], changed: ['animal'], unchanged: ['draft'] },
    });
  });

  it('puts the tag back in its place when it is refused', async () => {
    network.use(http.delete(TAGS, () => HttpResponse.json({ code: 'NO', message: 'No' }, { status: 409 })));
    await expect(remove('draft')).rejects.toThrow('No');
    expect(listed()).toEqual(['output', 'draft', 'animal']);
    expect(detailed()).toEqual(['output', 'draft', 'animal']);
  });
});

describe('two removals of one asset', () => {
  it.each([
    { first: 'draft', then: 'animal' },
    { first: 'animal', then: 'draft' },
  ])('undo only the refused one, $first being answered first', async ({ first, then }) => {
    const answer = holdAnswers(['animal']);
    const settled = { draft: remove('draft'), animal: remove('animal').catch(() => 'refused') };
    await vi.waitFor(() => expect(listed()).toEqual(['output']));
    answer(first);
    await settled[first as 'draft'];
    expect(listed()).toEqual(first === 'draft' ? ['output'] : ['output', 'animal']);
    answer(then);
    await settled[then as 'draft'];
    expect(listed()).toEqual(['output', 'animal']);
    expect(detailed()).toEqual(['output', 'animal']);
  });

  it('do not bring back what the other one is still taking off', async () => {
    network.use(
      http.delete(TAGS, async ({ request }) => {
        const { tags } = (await request.clone().json()) as { tags: [string] };
        if (tags[0] !== 'draft') return undefined;
        // Told before the other removal was heard.
        return HttpResponse.json({ total_tags: ['output', 'animal'], removed: ['draft'], not_present: [] });
      }),
    );
    const gate = deferred();
    network.use(
      http.delete(TAGS, async ({ request }) => {
        const { tags } = (await request.clone().json()) as { tags: [string] };
        if (tags[0] === 'animal') await gate.promise;
      }),
    );
    const animal = remove('animal');
    await vi.waitFor(() => expect(listed()).toEqual(['output', 'draft']));
    await remove('draft');
    expect(listed()).toEqual(['output']);
    expect(detailed()).toEqual(['output']);
    gate.resolve();
    await animal;
  });

  it('read the list again only after the last', async () => {
    const stop = new QueryObserver(client, assetQueries.list(provider, DEFAULT_QUERY)).subscribe(
      () => undefined,
    );
    const answer = holdAnswers();
    const before = lists();
    const [draft, animal] = [remove('draft'), remove('animal')];
    await vi.waitFor(() => expect(listed()).toEqual(['output']));
    answer('draft');
    await draft;
    expect(lists()).toBe(before);
    answer('animal');
    await animal;
    await vi.waitFor(() => expect(lists()).toBe(before + 1));
    await vi.waitFor(() => expect(client.isFetching()).toBe(0));
    stop();
  });
});

it('a removal does not cost the rest of a detail that was being read', async () => {
  network.use(
    http.get(`${COMFY_URL}/api/assets/:id`, () => new Promise<never>(() => undefined), { once: true }),
  );
  client.removeQueries({ queryKey: assetKeys.detail('cloud', id) });
  const before = details();
  const observer = new QueryObserver(client, assetQueries.detail(provider, id));
  const stop = observer.subscribe(() => undefined);
  await vi.waitFor(() => expect(details()).toBe(before + 1));
  await remove('draft');
  await vi.waitFor(() => expect(observer.getCurrentResult().data?.tags).toEqual(['output', 'animal']));
  stop();
});

it('an undo adds again only what it is told, on top of what is there now', async () => {
  const { changed } = await remove('draft', 'never-there');
  library.addTags(id, ['by-someone-else']);
  await add({ asset: fox, tags: changed! });
  expect(library.get(id)?.tags).toEqual(['output', 'animal', 'by-someone-else', 'draft']);
  expect(listed()).toEqual(['output', 'animal', 'by-someone-else', 'draft']);
  expect(detailed()).toEqual(listed());
});
