import { screen, within } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { roughyAsset, roughyCut, roughyProject, roughyRender } from '@/demo/roughy-builders';
import { roughyHandlers } from '@/demo/roughy-handlers';
import { createRoughyLibrary, type RoughyContents } from '@/demo/roughy-library';
import { createProvider } from '@/providers/registry';
import { renderWithClient } from '@/testing/render';
import { setViewportWidth } from '@/testing/viewport';

import AssetDrawer from './asset-drawer';

const baseUrl = 'http://roughy.test';
const server = setupServer();
beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
beforeEach(() => setViewportWidth(1280));
afterEach(() => server.resetHandlers());
afterAll(() => server.close());

const project = roughyProject({ name: 'Podcast' });
const asset = (about: Parameters<typeof roughyAsset>[0] = {}) =>
  roughyAsset({ project_id: project.id, ...about });

function show(contents: Omit<RoughyContents, 'projects'>) {
  const library = createRoughyLibrary({ projects: [project], ...contents });
  server.use(...roughyHandlers({ baseUrl, library, apiKey: 'sk_test' }));
  const provider = createProvider(
    { id: 'roughy', kind: 'roughy', label: 'Roughy', baseUrl, demo: false },
    () => 'sk_test',
  );
  return renderWithClient(
    <AssetDrawer
      provider={provider}
      assetId={contents.assets[0]?.id ?? ''}
      previousId={null}
      nextId={null}
      onStep={() => undefined}
      onClose={() => undefined}
      busy={false}
      onDelete={() => undefined}
      marked={false}
      pinned={false}
      onMark={() => undefined}
      onPin={() => undefined}
      onRemoveTags={null}
      hrefForMetadata={() => '?'}
      onFilterMetadata={() => undefined}
    />,
  );
}

const fact = async (label: string) => (await screen.findByText(label, { selector: 'dt' })).nextElementSibling;
const derived = () => screen.findByRole('region', { name: 'Goes with this asset' });

describe('a Roughy asset', () => {
  it('shows what only Roughy knows, and no tags', async () => {
    show({ assets: [asset({ language: null })] });
    expect(await fact('State')).toHaveTextContent('Ready');
    expect(await fact('Project')).toHaveTextContent('Podcast');
    expect(await fact('Duration')).toHaveTextContent('5:24');
    expect(await fact('Language')).toHaveTextContent('Detected automatically');
    expect(screen.queryByRole('heading', { name: /Tags/ })).not.toBeInTheDocument();
  });

  it('says why an upload failed', async () => {
    show({
      assets: [
        asset({
          state: 'failed',
          duration_seconds: null,
          error_code: 'unsupported_format',
          error_message: 'There is no sound in this file.',
        }),
      ],
    });
    expect(await screen.findByText('There is no sound in this file.')).toBeVisible();
    expect(screen.getByText('unsupported_format')).toBeVisible();
    expect(await fact('State')).toHaveTextContent('Failed');
    expect(await fact('Duration')).toHaveTextContent('Unknown');
  });

  it('counts the cuts and renders that hang on it, and their sizes', async () => {
    const recording = asset();
    const of = { asset_id: recording.id };
    show({
      assets: [recording],
      cuts: [roughyCut(of), roughyCut({ ...of, state: 'failed' })],
      renders: [
        roughyRender({ ...of, size_bytes: 700_000_000 }),
        roughyRender({ ...of, size_bytes: 500_000_000 }),
        roughyRender({ ...of, size_bytes: null, state: 'processing' }),
      ],
    });
    const section = await derived();
    expect(await within(section).findByText('3 renders · 1.2 GB, 1 of unknown size')).toBeVisible();
    expect(within(section).getByText('2 cuts')).toBeVisible();
    expect(within(section).getByText('Subtitles of these cuts: up to 1')).toBeVisible();
    expect(within(section).getAllByRole('listitem')).toHaveLength(5);
    expect(within(section).getAllByText('mp4 · 1080p')).toHaveLength(3);
    expect(within(section).getByText('Unknown size')).toBeVisible();
  });

  it('says when nothing hangs on it', async () => {
    show({ assets: [asset()] });
    expect(await within(await derived()).findByText(/^No cuts or renders/)).toBeVisible();
  });

  it('says when that cannot be read, and tries again', async () => {
    const recording = asset();
    const { user } = show({ assets: [recording], renders: [roughyRender({ asset_id: recording.id })] });
    server.use(
      http.get(
        `${baseUrl}/v1/renders`,
        () => HttpResponse.json({ error: { code: 'internal_error', message: 'Oops' } }, { status: 500 }),
        { once: true },
      ),
    );
    const section = await derived();
    expect(await within(section).findByRole('alert')).toHaveTextContent('Oops');
    await user.click(within(section).getByRole('button', { name: 'Try again' }));
    expect(await within(section).findByText('1 render · 12 MB')).toBeVisible();
  });
});
