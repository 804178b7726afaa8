import { http, HttpResponse } from 'msw';

import { CLOUD_KEY, expect, later, test } from './fixtures';
import { MANY_TAGS_NAME, shotId, shotName } from './library';
import { enterKey, openComfyui, screen } from './screen';

const PORTRAIT = shotName(230);
const remove = (tag: string, name: string) => `Remove tag ${tag} from ${name}`;

test('tags are taken off and put back, in the table and in the drawer', async ({
  page,
  network,
  sent,
  libraries,
  allowErrors,
}) => {
  allowErrors(/status of 422/);
  const { button, status, alert, row, range, dialog, name, drawer, search, tick, toolbar } = screen(page);
  const include = page.getByRole('combobox', { name: 'Include tags' });
  const open = drawer(MANY_TAGS_NAME);
  const removals = () => sent('DELETE', /\/tags$/);

  await test.step('a tag is taken off in the table, and "Undo" puts it back', async () => {
    await openComfyui(page, '&include=output&size=20');
    await button(remove('portrait', PORTRAIT)).click();
    await expect(status(`Tag “portrait” removed from ${PORTRAIT}`)).toBeVisible();
    await expect(button(remove('portrait', PORTRAIT))).toHaveCount(0);
    expect(libraries.comfyui.get(shotId(230))?.tags).toEqual(['output']);
    expect(removals().at(-1)).toMatchObject({
      path: `/api/assets/${shotId(230)}/tags`,
      body: '{"tags":["portrait"]}',
    });

    await button('Undo').click();
    await expect(status(`Tag “portrait” put back on ${PORTRAIT}`)).toBeVisible();
    await expect(button(remove('portrait', PORTRAIT))).toBeVisible();
    expect(libraries.comfyui.get(shotId(230))?.tags).toContain('portrait');
  });

  await test.step('a tag that the server keeps comes back, with an alert that says why', async () => {
    const { promise: refused, resolve: refuse } = later<Response>();
    network.use(http.delete('*/proxy/comfyui/api/assets/:id/tags', () => refused, { once: true }));
    await button(remove('portrait', PORTRAIT)).click();
    await expect(row(PORTRAIT)).not.toContainText('portrait');
    refuse(
      HttpResponse.json({ error: { code: 'RESERVED', message: 'This tag is reserved' } }, { status: 422 }),
    );
    await expect(alert).toContainText(`Tag “portrait” is still on ${PORTRAIT}`);
    await expect(alert).toContainText('This tag is reserved');
    await expect(row(PORTRAIT)).toContainText('portrait');
  });

  await test.step('a root tag is asked about first, since the asset would vanish from filtered views', async () => {
    const before = removals().length;
    await expect(range).toHaveText('1–20 of 248');
    await button(remove('output', PORTRAIT)).click();
    await expect(dialog).toHaveAccessibleName(`Remove “output” from ${PORTRAIT}?`);
    await expect(dialog).toContainText('will vanish from views that filter by it');
    await expect(dialog).toContainText('Nothing is deleted');
    await expect(dialog.getByRole('button', { name: 'Keep' })).toBeFocused();
    await page.keyboard.press('Escape');
    await expect(dialog).toHaveCount(0);
    expect(removals()).toHaveLength(before);
    expect(sent('DELETE')).toHaveLength(before);

    await button(remove('output', PORTRAIT)).click();
    await dialog.getByRole('button', { name: 'Remove', exact: true }).click();
    await expect(status(`Tag “output” removed from ${PORTRAIT}`)).toBeVisible();
    await expect(range).toHaveText('1–20 of 247');
    // Its row left the view, with the focus on it: that goes to the row in its place.
    await expect(name(shotName(229))).toBeFocused();
  });

  await test.step('the drawer takes tags off one by one, and the focus goes to the next tag', async () => {
    const before = removals().length;
    await button('Clear all').click();
    await search.fill(MANY_TAGS_NAME);
    await search.press('Enter');
    await name(MANY_TAGS_NAME).click();
    await open.getByRole('button', { name: 'Remove tag tag-01' }).click();
    await expect(open.getByRole('heading', { name: 'Tags (41)' })).toBeVisible();
    await expect(open.getByRole('button', { name: 'Remove tag tag-02' })).toBeFocused();
    await expect(status(`Tag “tag-01” removed from ${MANY_TAGS_NAME}`)).toBeVisible();
    expect(
      removals()
        .slice(before)
        .map(({ body }) => body),
    ).toEqual(['{"tags":["tag-01"]}']);
  });

  await test.step('the drawer takes several tags off with one request', async () => {
    const before = removals().length;
    await open.getByRole('button', { name: 'Remove several…' }).click();
    for (const tag of ['tag-05', 'tag-09', 'tag-30']) await open.getByRole('checkbox', { name: tag }).check();
    await open.getByRole('button', { name: 'Remove 3 tags' }).click();
    await expect(status(`3 tags removed from ${MANY_TAGS_NAME}`)).toBeVisible();
    await expect(open.getByRole('heading', { name: 'Tags (38)' })).toBeFocused();
    expect(
      removals()
        .slice(before)
        .map(({ body }) => body),
    ).toEqual(['{"tags":["tag-05","tag-09","tag-30"]}']);
  });

  await test.step('at Comfy Cloud, tags go from several assets at once, with the key; what fails is named and can be tried again', async () => {
    const before = removals().length;
    network.use(
      http.delete(
        `*/proxy/comfy-cloud/api/assets/${shotId(230)}/tags`,
        () => HttpResponse.json({ code: 'BUSY', message: 'Disk full' }, { status: 422 }),
        { once: true },
      ),
    );
    await open.getByRole('button', { name: 'Close' }).click();
    await page.getByRole('combobox', { name: 'Connection' }).selectOption('Comfy Cloud');
    await enterKey(page, CLOUD_KEY);
    await include.fill('portrait');
    await include.press('Enter');
    await expect(range).toHaveText('1–20 of 24');
    for (const number of [240, 230, 220]) await tick(shotName(number)).check();
    await toolbar.getByRole('button', { name: 'Remove tags…' }).click();
    await expect(dialog).toHaveAccessibleName('Remove tags from 3 assets');
    const removeButton = dialog.getByRole('button', { name: 'Remove', exact: true });
    await expect(removeButton).toBeDisabled();
    await dialog.getByRole('checkbox', { name: 'portrait 3' }).check();
    await expect(dialog).toContainText('Affects 3 assets. Nothing is deleted.');
    await removeButton.click();

    await expect(dialog).toHaveAccessibleName('Tags are still on 1 asset');
    await expect(dialog.getByRole('alert')).toContainText(shotName(230));
    await expect(dialog.getByRole('alert')).toContainText('Disk full');
    expect(libraries.cloud.get(shotId(240))?.tags).not.toContain('portrait');
    await dialog.getByRole('button', { name: 'Retry 1 failed' }).click();
    await expect(dialog).toHaveCount(0);
    await expect(status('Tags removed from 1 asset')).toBeVisible();
    expect(libraries.cloud.get(shotId(230))?.tags).not.toContain('portrait');
    const asked = removals().slice(before);
    expect(asked).toHaveLength(4);
    for (const { headers } of asked) expect(headers['x-api-key']).toBe(CLOUD_KEY);
  });
});
