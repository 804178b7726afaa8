import { useMutation } from '@tanstack/react-query';
import { screen, waitFor, within } from '@testing-library/react';
import type { UserEvent } from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { useState } from 'react';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';

import { comfyHandlers } from '@/demo/comfy-handlers';
import { comfyAsset, createComfyLibrary, type ComfyAssetJson } from '@/demo/comfy-library';
import { DEFAULT_QUERY } from '@/domain/asset-query';
import { createProvider } from '@/providers/registry';
import type { TagEditor } from '@/providers/provider';
import { assetQueries } from '@/queries/asset-queries';
import { removeTagsMutation } from '@/queries/change-tags';
import { renderWithClient, testQueryClient } from '@/testing/render';
import { setViewportWidth } from '@/testing/viewport';

import AssetDrawer from './asset-drawer';
import type { AssetDrawerProps } from './drawer-props';

const baseUrl = 'http://comfy.test';
const provider = createProvider(
  { id: 'cloud', kind: 'comfy-cloud', label: 'Cloud', baseUrl, demo: false },
  () => null,
) as TagEditor;

const server = setupServer();
beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
afterAll(() => server.close());

const ids = ['a', 'b', 'c'].map((letter) => `${letter.repeat(8)}-0000-4000-8000-000000000000`);
const [first = '', second = '', third = ''] = ids;

function serve(...overrides: Partial<ComfyAssetJson>[]) {
  const assets = overrides.map((each, index) =>
    // Nothing to draw: previews have tests of their own.
    comfyAsset({ id: ids[index] ?? '', preview_url: null, ...each }),
  );
  server.use(...comfyHandlers({ baseUrl, library: createComfyLibrary(assets) }));
}

/** The drawer in a page that steps, closes and removes tags like the real one. */
function Page({
  start = first,
  order = ids,
  ...props
}: { start?: string; order?: string[] } & Partial<AssetDrawerProps>) {
  const [id, setId] = useState<string | null>(start);
  const removal = useMutation(removeTagsMutation(provider));
  if (id === null) return <p>The list</p>;
  const index = order.indexOf(id);
  return (
    <AssetDrawer
      provider={provider}
      assetId={id}
      previousId={order[index - 1] ?? null}
      nextId={order[index + 1] ?? null}
      onStep={setId}
      onClose={() => setId(null)}
      busy={false}
      onDelete={() => undefined}
      marked={false}
      pinned={false}
      onMark={() => undefined}
      onPin={() => undefined}
      onRemoveTags={(asset, tags) => removal.mutate({ asset, tags })}
      hrefForMetadata={(key, value) => `?meta=${key}:${value}`}
      onFilterMetadata={() => undefined}
      {...props}
    />
  );
}

const button = (name: string | RegExp) => screen.getByRole('button', { name });
const drawer = (name: string) => screen.findByRole('complementary', { name });
const fact = (label: string) => screen.getByText(label, { selector: 'dt' }).nextElementSibling;

beforeEach(() => setViewportWidth(1280));
afterEach(() => server.resetHandlers());

describe('opening', () => {
  it('shows at once what the list knows, then the rest', async () => {
    serve({ name: 'fox.png' });
    const client = testQueryClient();
    await client.query(assetQueries.list(provider, DEFAULT_QUERY));
    let answer: (() => void) | undefined;
    const answered = new Promise<void>((resolve) => {
      answer = resolve;
    });
    server.use(
      http.get(`${baseUrl}/api/assets/:id`, async () => {
        await answered;
        return HttpResponse.json(
          comfyAsset({ id: first, name: 'fox.png', asset_hash: 'ab'.repeat(32), preview_url: null }),
        );
      }),
    );
    renderWithClient(<Page />, client);
    expect(screen.getByRole('complementary', { name: 'fox.png' })).toBeVisible();
    expect(fact('Content hash')).toHaveTextContent('Unknown');
    answer?.();
    await waitFor(() => expect(fact('Content hash')).toHaveTextContent('ab'.repeat(32)));
  });

  it('opens from a link without any list', async () => {
    serve({ name: 'fox.png', size: 1_234_567, mime_type: 'image/png', last_access_time: null });
    renderWithClient(<Page />);
    expect(screen.getByRole('status')).toHaveTextContent('Loading asset…');
    await drawer('fox.png');
    expect(fact('ID')).toHaveTextContent(first);
    expect(fact('Kind')).toHaveTextContent('Image');
    expect(fact('Size')).toHaveTextContent('1.2 MB (1,234,567 bytes)');
    expect(fact('Type')).toHaveTextContent('image/png');
    expect(fact('Last used')).toHaveTextContent('Unknown');
    expect(fact('Protection')).toHaveTextContent('None');
  });

  it('is a dialog above the list on a narrow screen', async () => {
    setViewportWidth(390);
    serve({ name: 'fox.png' });
    const { user } = renderWithClient(<Page />);
    const dialog = await screen.findByRole('dialog', { name: 'fox.png' });
    expect(within(dialog).getByRole('heading', { name: 'fox.png' })).toHaveFocus();
    await user.click(within(dialog).getByRole('button', { name: 'Close' }));
    expect(await screen.findByText('The list')).toBeVisible();
  });

  it.each([
    ['Escape', (user: UserEvent) => user.keyboard('{Escape}')],
    ['Close', (user: UserEvent) => user.click(button('Close'))],
  ])('leaves the focus to the page once a narrow drawer has let go of it: %s', async (_way, close) => {
    setViewportWidth(390);
    serve({ name: 'fox.png' });
    const onClose = vi.fn(() => screen.getByRole('link', { name: 'Row' }).focus());
    const { user } = renderWithClient(
      <>
        <a href="?row">Row</a>
        <Page onClose={onClose} />
      </>,
    );
    await screen.findByRole('dialog', { name: 'fox.png' });
    await close(user);
    await waitFor(() => expect(onClose).toHaveBeenCalledOnce());
    expect(screen.getByRole('link', { name: 'Row' })).toHaveFocus();
  });

  it('does not report as closed by its user what the page closed', async () => {
    setViewportWidth(390);
    serve({ name: 'fox.png' });
    const onClose = vi.fn();
    const { unmount } = renderWithClient(<Page onClose={onClose} />);
    await screen.findByRole('dialog', { name: 'fox.png' });
    unmount();
    // Radix settles the focus in a task of its own.
    await new Promise((resolve) => setTimeout(resolve));
    expect(onClose).not.toHaveBeenCalled();
  });
});

describe('keyboard', () => {
  it('starts on the heading, and Escape closes', async () => {
    serve({ name: 'fox.png' });
    const { user } = renderWithClient(<Page />);
    expect(screen.getByRole('heading', { level: 2 })).toHaveFocus();
    await drawer('fox.png');
    await user.keyboard('{Escape}');
    expect(screen.getByText('The list')).toBeVisible();
  });

  it('keeps the focus on the step buttons, at the end of the list too', async () => {
    serve({ name: 'fox.png' }, { name: 'hen.png' });
    const { user } = renderWithClient(<Page order={[first, second]} />);
    await drawer('fox.png');
    expect(button('Previous asset')).toHaveAttribute('aria-disabled', 'true');
    await user.click(button('Next asset'));
    await drawer('hen.png');
    expect(button('Next asset')).toHaveFocus();
    expect(button('Next asset')).toHaveAttribute('aria-disabled', 'true');
    await user.click(button('Next asset'));
    expect(screen.getByRole('complementary', { name: 'hen.png' })).toBeVisible();
  });

  it('returns to the heading when a link inside the content steps', async () => {
    serve({ name: 'model.safetensors', preview_id: second }, { name: 'cover.png' });
    const { user } = renderWithClient(<Page />);
    await drawer('model.safetensors');
    await user.click(screen.getByRole('link', { name: 'Open the preview asset' }));
    await drawer('cover.png');
    expect(screen.getByRole('heading', { level: 2 })).toHaveFocus();
  });
});

describe('failures', () => {
  it('explains an error and tries again', async () => {
    serve({ name: 'fox.png' });
    server.use(
      http.get(
        `${baseUrl}/api/assets/:id`,
        () => HttpResponse.json({ message: 'Storage is down' }, { status: 500 }),
        {
          once: true,
        },
      ),
    );
    const { user } = renderWithClient(<Page />);
    expect(await screen.findByRole('alert')).toHaveTextContent('Storage is down');
    await user.click(button('Try again'));
    await drawer('fox.png');
  });

  it('says that an asset no longer exists, and leads back', async () => {
    serve({ name: 'fox.png' });
    const { user } = renderWithClient(<Page start={third} />);
    expect(await screen.findByRole('alert')).toHaveTextContent('This asset no longer exists');
    expect(screen.queryByRole('button', { name: 'Delete…' })).not.toBeInTheDocument();
    await user.click(button('Back to the list'));
    expect(screen.getByText('The list')).toBeVisible();
  });

  it('does not take a web server’s 404 page for the answer', async () => {
    server.use(
      http.get(`${baseUrl}/api/assets/:id`, () => HttpResponse.html('<h1>Not found</h1>', { status: 404 })),
    );
    renderWithClient(<Page />);
    expect(await screen.findByRole('alert')).not.toHaveTextContent('no longer exists');
  });

  it('keeps what the list knew when the details cannot be read', async () => {
    serve({ name: 'fox.png' });
    const client = testQueryClient();
    await client.query(assetQueries.list(provider, DEFAULT_QUERY));
    server.use(http.get(`${baseUrl}/api/assets/:id`, () => HttpResponse.error()));
    renderWithClient(<Page />, client);
    expect(await screen.findByText(/may not be the latest/)).toBeVisible();
    expect(fact('ID')).toHaveTextContent(first);
  });
});

describe('what can be done', () => {
  it('asks to delete, but not while it is being deleted', async () => {
    serve({ name: 'fox.png' });
    const onDelete = vi.fn();
    const { user, rerender } = renderWithClient(<Page onDelete={onDelete} />);
    await drawer('fox.png');
    await user.click(button('Delete…'));
    expect(onDelete).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ id: first }));
    rerender(<Page onDelete={onDelete} busy />);
    await user.click(button('Delete…'));
    expect(onDelete).toHaveBeenCalledOnce();
  });

  it('says why a protected asset cannot be deleted or changed', async () => {
    serve({ name: 'fox.png', is_immutable: true, tags: ['output', 'draft'] });
    renderWithClient(<Page />);
    const aside = await drawer('fox.png');
    expect(within(aside).getAllByText(/^Immutable: the provider/)[0]).toBeVisible();
    expect(screen.queryByRole('button', { name: 'Delete…' })).not.toBeInTheDocument();
    expect(screen.queryByRole('button', { name: /^Remove/ })).not.toBeInTheDocument();
    expect(screen.getByText('draft')).toBeVisible();
  });

  it('links to the siblings of a job where its metadata can be filtered on', async () => {
    serve({ name: 'fox.png', prompt_id: 'job-7', user_metadata: { run: 'job-7' } });
    const onFilterMetadata = vi.fn();
    const { user } = renderWithClient(<Page onFilterMetadata={onFilterMetadata} />);
    await drawer('fox.png');
    const link = screen.getByRole('link', { name: 'Other assets of this job' });
    expect(link).toHaveAttribute('href', '?meta=run:job-7');
    await user.click(link);
    expect(onFilterMetadata).toHaveBeenCalledExactlyOnceWith('run', 'job-7');
  });

  it('has no such link when the job id is only deeper down', async () => {
    serve({ name: 'fox.png', prompt_id: 'job-7', user_metadata: { run: { id: 'job-7' } } });
    renderWithClient(<Page />);
    await drawer('fox.png');
    expect(fact('Job')).toHaveTextContent('job-7');
    expect(screen.queryByRole('link', { name: 'Other assets of this job' })).not.toBeInTheDocument();
  });

  it('copies a field', async () => {
    serve({ name: 'fox.png' });
    const { user } = renderWithClient(<Page />);
    await drawer('fox.png');
    await user.click(button('Copy ID'));
    expect(await navigator.clipboard.readText()).toBe(first);
    expect(button('Copied')).toBeVisible();
  });
});

describe('marks and pins', () => {
  /** The drawer of a page that keeps what is said of the asset. */
  function Marked({ onMark, onPin }: Pick<AssetDrawerProps, 'onMark' | 'onPin'>) {
    const [said, say] = useState({ marked: false, pinned: false });
    return (
      <Page
        {...said}
        onMark={(asset, marked) => {
          onMark(asset, marked);
          say({ ...said, marked });
        }}
        onPin={(asset, pinned) => {
          onPin(asset, pinned);
          say({ ...said, pinned });
        }}
      />
    );
  }

  it('are set and taken back by buttons that keep the focus', async () => {
    serve({ name: 'fox.png' });
    const onMark = vi.fn();
    const onPin = vi.fn();
    const { user } = renderWithClient(<Marked onMark={onMark} onPin={onPin} />);
    await drawer('fox.png');
    await user.click(button('Mark for deletion'));
    expect(button('Unmark')).toHaveFocus();
    await user.click(button('Unmark'));
    await user.click(button('Pin'));
    expect(button('Unpin')).toHaveFocus();
    await user.click(button('Unpin'));
    const fox = expect.objectContaining({ id: first }) as unknown;
    expect(onMark.mock.calls).toEqual([
      [fox, true],
      [fox, false],
    ]);
    expect(onPin.mock.calls).toEqual([
      [fox, true],
      [fox, false],
    ]);
    expect(button('Delete…')).toBeVisible();
  });

  it('say why a pinned asset is not deleted', async () => {
    serve({ name: 'fox.png' });
    renderWithClient(<Page pinned />);
    await drawer('fox.png');
    expect(screen.getByText('Pinned by you: unpin it to delete it')).toBeVisible();
    expect(screen.queryByRole('button', { name: 'Delete…' })).not.toBeInTheDocument();
    expect(button('Mark for deletion')).toHaveAttribute('aria-disabled', 'true');
    expect(button('Unpin')).toHaveAccessibleDescription('Pinned: Winnow will not delete it');
  });

  it('are not offered for a protected asset, yet can be taken back', async () => {
    serve({ name: 'fox.png', is_immutable: true });
    const { rerender } = renderWithClient(<Page />);
    await drawer('fox.png');
    expect(await screen.findByText(/^Immutable: the provider/, { selector: 'p' })).toBeVisible();
    expect(screen.queryByRole('button', { name: /Mark|Pin/ })).not.toBeInTheDocument();
    rerender(<Page marked pinned />);
    expect(button('Unmark')).toBeVisible();
    expect(button('Unpin')).toBeVisible();
  });
});

describe('tags', () => {
  it('go one by one, the focus moving on to the next', async () => {
    serve({ name: 'fox.png', tags: ['output', 'draft', 'red'] });
    const { user } = renderWithClient(<Page />);
    await drawer('fox.png');
    await user.click(button('Remove tag draft'));
    await waitFor(() => expect(screen.queryByText('draft')).not.toBeInTheDocument());
    expect(button('Remove tag red')).toHaveFocus();
    await user.keyboard('{Enter}');
    await waitFor(() => expect(button('Remove tag output')).toHaveFocus());
    await user.keyboard('{Enter}');
    expect(await screen.findByText('No tags.')).toBeVisible();
    expect(screen.getByRole('heading', { name: 'Tags' })).toHaveFocus();
  });

  it('go several at once, in one request', async () => {
    serve({ name: 'fox.png', tags: ['output', 'draft', 'red'] });
    const onRemoveTags = vi.fn();
    const { user } = renderWithClient(<Page onRemoveTags={onRemoveTags} />);
    await drawer('fox.png');
    await user.click(button('Remove several…'));
    expect(button('Remove 0 tags')).toHaveAttribute('aria-disabled', 'true');
    await user.click(button('Remove 0 tags'));
    expect(onRemoveTags).not.toHaveBeenCalled();
    await user.click(screen.getByRole('checkbox', { name: 'draft' }));
    await user.click(screen.getByRole('checkbox', { name: 'red' }));
    await user.click(button('Remove 2 tags'));
    expect(onRemoveTags).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ id: first }), [
      'draft',
      'red',
    ]);
    expect(screen.getByRole('heading', { name: 'Tags (3)' })).toHaveFocus();
  });
});
