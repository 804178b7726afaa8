import { afterEach, beforeEach, expect, it } from 'vitest';

import { comfyAsset } from '@/demo/comfy-library';
import { demoComfyAssets } from '@/demo/demo-comfy';
import { roughyAsset, roughyProject } from '@/demo/roughy-builders';
import { roughyHandlers } from '@/demo/roughy-handlers';
import { createRoughyLibrary } from '@/demo/roughy-library';
import { openTestLibrary, type TestLibrary } from '@/testing/library';
import { comfyProvider, idOf, pretendNetwork, ROUGHY_URL, roughyProvider } from '@/testing/pretend-network';
import { indexed, walkOf } from '@/testing/walk-library';

import { build, sync } from './sync';

const network = pretendNetwork();
let index: TestLibrary;
beforeEach(async () => {
  index = await openTestLibrary();
});
afterEach(() => index.close());

const ids = () => indexed(index).map(({ id }) => id);
const complete = () => index.call('standing', undefined).complete;

it('reads the demo of Comfy Cloud: all 2,400 of one’s own, and no public model', async () => {
  network.serveComfy(demoComfyAssets());
  await build(walkOf({ provider: comfyProvider() }, index).context, 'scan');
  expect(index.call('standing', undefined)).toMatchObject({ count: 2_400, walk: null });
  expect(complete()).toMatchObject({ gaps: [0], hides: false });
  expect(indexed(index).filter(({ protection }) => protection === 'public')).toEqual([]);
}, 30_000);

it.each(['cloud', 'oss'] as const)(
  'finds what changed at a Comfy server (%s) within few requests',
  async (flavour) => {
    const isCloud = flavour === 'cloud';
    const library = network.serveComfy(
      Array.from({ length: 1_200 }, (_, at) => ({
        name: `${at}.png`,
        tags: ['output'],
        created_at: new Date(Date.UTC(2026, 0, 1) + at * 1_000).toISOString(),
        updated_at: new Date(Date.UTC(2026, 0, 1) + at * 1_000).toISOString(),
      })),
      { flavour },
    );
    const provider = comfyProvider({ kind: isCloud ? 'comfy-cloud' : 'comfyui' });
    await build(walkOf({ provider }, index).context, 'scan');
    expect(ids()).toHaveLength(1_200);

    for (const number of [1, 600, 601]) library.remove(idOf(number));
    const before = network.sent.length;
    await sync(walkOf({ provider }, index).context);
    expect(ids()).toHaveLength(1_197);
    expect(ids()).not.toContain(idOf(601));
    expect(complete()?.lastSync).toMatchObject({ added: 0, changed: 0, gone: 3 });
    // Fronts twice, and at most all three pages and two places between them.
    expect(network.sent.length - before).toBeLessThanOrEqual((isCloud ? 12 : 4) + 5);
  },
  30_000,
);

it('reads Roughy newest first, a hundred at a time, and looks again at what is not finished', async () => {
  const project = roughyProject();
  const assets = Array.from({ length: 250 }, (_, at) =>
    roughyAsset({
      id: idOf(at + 1),
      project_id: project.id,
      state: at === 3 ? 'processing' : 'ready',
      created_at: new Date(Date.UTC(2026, 0, 1) + at * 1_000).toISOString(),
    }),
  );
  const serve = (of: typeof assets) => {
    const library = createRoughyLibrary({ projects: [project], assets: of });
    network.use(...roughyHandlers({ baseUrl: ROUGHY_URL, library, apiKey: 'sk_test' }));
  };
  serve(assets);
  const provider = roughyProvider();
  await build(walkOf({ provider }, index).context, 'scan');
  expect(ids()).toHaveLength(250);

  serve([
    ...assets.filter((_, at) => at !== 100).map((asset) => ({ ...asset, state: 'ready' as const })),
    roughyAsset({ id: idOf(251), project_id: project.id, created_at: '2026-02-01T00:00:00Z' }),
  ]);
  await sync(walkOf({ provider }, index).context);
  expect(ids()).toHaveLength(250);
  expect(ids()).toContain(idOf(251));
  expect(ids()).not.toContain(idOf(101));
  expect(indexed(index)[3]?.roughy?.state).toBe('ready');
});

it('keeps nothing that is signed', async () => {
  network.serveComfy([
    comfyAsset({ id: idOf(1), preview_url: 'https://storage.test/a.png?X-Amz-Signature=SECRET' }),
  ]);
  await build(walkOf({ provider: comfyProvider() }, index).context, 'scan');
  const everything = ['assets', 'previews', 'notes', 'metadatas'].map((name) =>
    index.sql.all(`SELECT * FROM ${name}`),
  );
  expect(
    JSON.stringify(everything, (_, value: unknown) => (typeof value === 'bigint' ? Number(value) : value)),
  ).not.toContain('SECRET');
});
