import type { Page } from '@playwright/test';
import { http, HttpResponse } from 'msw';

import { comfyAsset, createComfyLibrary, type ComfyAssetJson } from '@/demo/comfy-library';

import { expect, selfHosted, test } from './fixtures';
import { openComfyui, screen } from './screen';

/** Three copies of a fox, two of a hen, two of an owl, and one cat. */
function someCopies(about: Partial<ComfyAssetJson> = {}) {
  const made = (name: string, hash: string, day: number) =>
    comfyAsset({
      ...{ name: `${name}.png`, hash: `blake3:${hash.repeat(32)}`, size: 1_000_000 },
      created_at: `2026-03-${String(day).padStart(2, '0')}T08:00:00Z`,
      ...about,
    });
  return createComfyLibrary([
    ...[made('fox-1', 'aa', 1), made('fox-2', 'aa', 2), made('fox-3', 'aa', 3)],
    ...[made('hen-1', 'bb', 4), made('hen-2', 'bb', 5), made('owl-1', 'cc', 6), made('owl-2', 'cc', 7)],
    made('cat', 'dd', 8),
  ]);
}

const namesIn = (library: ReturnType<typeof someCopies>) =>
  library
    .list({ limit: 500 })
    .assets.map(({ name }) => name)
    .sort();
const KEEPERS = ['cat.png', 'fox-1.png', 'hen-1.png', 'owl-1.png'];

async function openDuplicates(page: Page) {
  await openComfyui(page, '&view=duplicates');
  await page.getByRole('button', { name: 'Build the index' }).click();
  await expect(page.getByRole('article')).toHaveCount(3);
}

async function selectAndAsk(page: Page, count: number) {
  const { toolbar, dialog, button } = screen(page);
  await button('Select all but the keepers').click();
  await expect(toolbar).toContainText(`${count} selected`);
  await button('Delete selected copies…').click();
  await expect(dialog).toHaveAccessibleName(`Delete ${count} assets?`);
  await expect(
    dialog.getByRole('checkbox', { name: 'Delete one copy first, and look at the one that stays' }),
  ).toBeChecked();
  await dialog.getByRole('button', { name: `Delete ${count} forever` }).click();
}

test('all copies but the keepers go, once the first has shown that the one that stays is whole', async ({
  page,
  network,
  sent,
  axe,
}) => {
  const library = someCopies();
  network.use(...selfHosted(library));
  await openDuplicates(page);
  await axe();
  await selectAndAsk(page, 4);
  await expect(screen(page).status('4 assets were deleted')).toBeVisible();
  expect(namesIn(library)).toEqual(KEEPERS);

  // Between the first deletion and the second, the content of the copy that stays was read.
  const asked = sent().filter(({ method, path }) => method === 'DELETE' || path.startsWith('/api/view?'));
  const [first, second] = asked.flatMap(({ method }, at) => (method === 'DELETE' ? [at] : []));
  expect(asked.slice((first ?? 0) + 1, second).length).toBeGreaterThan(0);

  await expect(page.getByText('No duplicates')).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Duplicates', exact: true })).toBeFocused();
  await page.getByRole('navigation', { name: 'Views' }).getByRole('link', { name: 'Jobs' }).click();
  await page.getByRole('button', { name: /^Open report/ }).click();
  await expect(page.getByText('The copy that stays loads as before')).toBeVisible();
});

test('a copy that is damaged by the first deletion stops all others', async ({
  page,
  network,
  allowErrors,
}) => {
  const library = someCopies();
  network.use(...selfHosted(library));
  await openDuplicates(page);
  network.use(
    http.get('*/proxy/comfyui/api/view', () =>
      library.list().total < 8 ? new HttpResponse(null, { status: 404 }) : undefined,
    ),
  );
  allowErrors(/status of 404/);
  await selectAndAsk(page, 4);
  const { dialog } = screen(page);
  await expect(dialog).toHaveAccessibleName('1 asset was deleted, 3 not deleted');
  await expect(dialog.getByRole('alert')).toContainText('The copy that stays is damaged');
  await expect(dialog.getByRole('button', { name: /^Retry/ })).toHaveCount(0);
  await dialog.getByRole('button', { name: 'Close' }).click();
  expect(library.list().total).toBe(7);

  await page.getByRole('navigation', { name: 'Views' }).getByRole('link', { name: 'Jobs' }).click();
  await page.getByRole('button', { name: /^Open report/ }).click();
  await expect(page.getByText('The copy that stays is damaged: the others were not deleted')).toBeVisible();
});

test('a group that matches entirely keeps one, whatever is clicked', async ({
  page,
  network,
  allowErrors,
}) => {
  // Looking for the copy that stays finds that it is gone.
  allowErrors(/status of 404 .*\/api\/assets\//);
  const library = someCopies({ tags: ['output', 'old'] });
  network.use(...selfHosted(library));
  await openDuplicates(page);
  await page.getByRole('textbox', { name: 'Tag of copies to go' }).fill('old');
  await expect(page.getByRole('article')).toHaveCount(3);
  await screen(page).button('Select all but the keepers').click();
  await expect(screen(page).toolbar).toContainText('4 selected');
  for (const name of KEEPERS.slice(1)) {
    await expect(page.getByRole('checkbox', { name: `Select ${name}` })).toBeDisabled();
  }
  // Somebody else deletes a keeper: its other copy is not deleted any more.
  library.remove(library.list({ limit: 500 }).assets.find(({ name }) => name === 'hen-1.png')?.id ?? '');
  await screen(page).toolbar.getByRole('button', { name: 'Delete…' }).click();
  const { dialog } = screen(page);
  await dialog.getByRole('button', { name: 'Delete 4 forever' }).click();
  await expect(dialog).toHaveAccessibleName('3 assets were deleted, 1 not deleted');
  await expect(dialog).toContainText('Protected: The copy to keep is gone');
  expect(namesIn(library)).toEqual(['cat.png', 'fox-1.png', 'hen-2.png', 'owl-1.png']);
});
