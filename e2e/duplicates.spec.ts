import type { Page } from '@playwright/test';
import { http, HttpResponse } from 'msw';

import { comfyAsset, createComfyLibrary } from '@/demo/comfy-library';

import { expect, selfHosted, test } from './fixtures';
import { openComfyui, screen } from './screen';

/** Twice three copies of one, two of another and two of a third, with a tag each; and one cat. */
function someCopies() {
  const copies = (name: string, hash: string, count: number, tag: string) =>
    Array.from({ length: count }, (_, index) =>
      comfyAsset({
        ...{ name: `${name}-${index + 1}.png`, hash: `blake3:${hash.repeat(32)}`, size: 1_000_000 },
        created_at: `2026-03-0${index + 1}T08:00:00Z`,
        tags: ['output', tag],
      }),
    );
  return createComfyLibrary([
    ...[...copies('fox', 'aa', 3, 'old'), ...copies('hen', 'bb', 2, 'old'), ...copies('owl', 'cc', 2, 'old')],
    ...[...copies('ant', 'dd', 3, 'new'), ...copies('bat', 'ee', 2, 'new'), ...copies('cow', 'ff', 2, 'new')],
    comfyAsset({ name: 'cat.png' }),
  ]);
}

const namesIn = (library: ReturnType<typeof someCopies>) =>
  library
    .list({ limit: 500 })
    .assets.map(({ name }) => name)
    .sort();

const duplicatesScreen = (page: Page) => {
  const { button, dialog, toolbar, view, ...rest } = screen(page);
  return {
    ...{ ...rest, button, dialog, toolbar, view },
    groups: page.getByRole('article'),
    tag: page.getByRole('textbox', { name: 'Tag of copies to go' }),
    selectExtras: async (count: number) => {
      await button('Select all but the keepers').click();
      await expect(toolbar).toContainText(`${count} selected`);
    },
    deleteCarefully: async (count: number) => {
      await button('Delete selected copies…').click();
      await expect(dialog).toHaveAccessibleName(`Delete ${count} assets?`);
      await expect(
        dialog.getByRole('checkbox', { name: 'Delete one copy first, and look at the one that stays' }),
      ).toBeChecked();
      await dialog.getByRole('button', { name: `Delete ${count} forever` }).click();
    },
    newestReport: async () => {
      await view('Jobs').click();
      await page
        .getByRole('button', { name: /^Open report/ })
        .first()
        .click();
    },
  };
};

test('copies go and one of each stays, whatever is clicked, and whatever happens meanwhile', async ({
  page,
  network,
  sent,
  allowErrors,
  axe,
}) => {
  // Looking for a copy that stays finds that it is gone, or damaged.
  allowErrors(/status of 404/);
  const library = someCopies();
  /** With fewer assets than this, no content loads any more. */
  let wholeWith = 0;
  network.use(
    http.get('*/proxy/comfyui/api/view', () =>
      library.list().total < wholeWith ? new HttpResponse(null, { status: 404 }) : undefined,
    ),
    ...selfHosted(library),
  );
  await openComfyui(page, '&view=duplicates');
  const { groups, tag, button, toolbar, dialog, view, status, ...on } = duplicatesScreen(page);
  await button('Build the index').click();
  await expect(groups).toHaveCount(6);

  await test.step('a group that matches entirely keeps one', async () => {
    await tag.fill('old');
    await expect(groups).toHaveCount(3);
    await axe();
    await on.selectExtras(4);
    for (const name of ['fox-1.png', 'hen-1.png', 'owl-1.png']) {
      await expect(page.getByRole('checkbox', { name: `Select ${name}` })).toBeDisabled();
    }
  });

  await test.step('when somebody else deletes a keeper, its other copy is not deleted any more', async () => {
    const keeper = library.list({ limit: 500 }).assets.find(({ name }) => name === 'hen-1.png');
    library.remove(keeper?.id ?? '');
    await toolbar.getByRole('button', { name: 'Delete…' }).click();
    await dialog.getByRole('button', { name: 'Delete 4 forever' }).click();
    await expect(dialog).toHaveAccessibleName('3 assets were deleted, 1 not deleted');
    await expect(dialog).toContainText('Protected: The copy to keep is gone');
    expect(namesIn(library).filter((name) => /fox|hen|owl/.test(name))).toEqual([
      'fox-1.png',
      'hen-2.png',
      'owl-1.png',
    ]);
    await dialog.getByRole('button', { name: 'Close' }).click();
    await toolbar.getByRole('button', { name: 'Clear selection' }).click();
    await tag.fill('');
    await button('Sync').click();
    await expect(groups).toHaveCount(3);
  });

  await test.step('a copy that is damaged by the first deletion stops all others', async () => {
    wholeWith = library.list().total;
    await on.selectExtras(4);
    await on.deleteCarefully(4);
    await expect(dialog).toHaveAccessibleName('1 asset was deleted, 3 not deleted');
    await expect(dialog.getByRole('alert')).toContainText('The copy that stays is damaged');
    await expect(dialog.getByRole('button', { name: /^Retry/ })).toHaveCount(0);
    await dialog.getByRole('button', { name: 'Close' }).click();
    expect(library.list().total).toBe(wholeWith - 1);
    await on.newestReport();
    await expect(page.getByText('The copy that stays is damaged: the others were not deleted')).toBeVisible();
  });

  await test.step('all copies but the keepers go, once the first has shown that the one that stays is whole', async () => {
    wholeWith = 0;
    const earlier = sent().length;
    await view('Duplicates').click();
    await on.selectExtras(3);
    await on.deleteCarefully(3);
    await expect(status('3 assets were deleted')).toBeVisible();
    expect(namesIn(library)).toEqual([
      ...['ant-1.png', 'bat-1.png', 'cat.png', 'cow-1.png'],
      ...['fox-1.png', 'hen-2.png', 'owl-1.png'],
    ]);

    // Between the first deletion and the second, the content of the copy that stays was read.
    const asked = sent()
      .slice(earlier)
      .filter(({ method, path }) => method === 'DELETE' || path.startsWith('/api/view?'));
    const [first, second] = asked.flatMap(({ method }, at) => (method === 'DELETE' ? [at] : []));
    expect(asked.slice((first ?? 0) + 1, second).length).toBeGreaterThan(0);

    await expect(page.getByText('No duplicates')).toBeVisible();
    await expect(page.getByRole('heading', { name: 'Duplicates', exact: true })).toBeFocused();
    await on.newestReport();
    await expect(page.getByText('The copy that stays loads as before')).toBeVisible();
  });
});
