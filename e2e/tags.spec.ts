import { http, HttpResponse } from 'msw';

import { expect, later, test } from './fixtures';
import { MANY_TAGS_NAME, oddId, shotId, shotName } from './library';
import { openCloud, openComfyui, screen } from './screen';

const PORTRAIT = shotName(230);
const remove = (tag: string, name: string) => `Remove tag ${tag} from ${name}`;

test('a tag is taken off in the table, and "Undo" puts it back', async ({ page, sent, libraries }) => {
  await openComfyui(page);
  const { button, status } = screen(page);
  await button(remove('portrait', PORTRAIT)).click();
  await expect(status(`Tag “portrait” removed from ${PORTRAIT}`)).toBeVisible();
  await expect(button(remove('portrait', PORTRAIT))).toHaveCount(0);
  expect(libraries.comfyui.get(shotId(230))?.tags).toEqual(['output']);
  const [request] = sent('DELETE', /\/tags$/);
  expect(request?.path).toBe(`/api/assets/${shotId(230)}/tags`);
  expect(JSON.parse(request?.body ?? '')).toEqual({ tags: ['portrait'] });

  await button('Undo').click();
  await expect(status(`Tag “portrait” put back on ${PORTRAIT}`)).toBeVisible();
  await expect(button(remove('portrait', PORTRAIT))).toBeVisible();
  expect(libraries.comfyui.get(shotId(230))?.tags).toContain('portrait');
});

test('it works the same at Comfy Cloud, with the key', async ({ page, sent, libraries }) => {
  await openCloud(page);
  const { button, status } = screen(page);
  await button(remove('portrait', PORTRAIT)).click();
  await expect(status(`Tag “portrait” removed from ${PORTRAIT}`)).toBeVisible();
  expect(libraries.cloud.get(shotId(230))?.tags).toEqual(['output']);
  expect(sent('DELETE', /\/tags$/)[0]?.headers['x-api-key']).toBeTruthy();
});

test('the drawer takes tags off one by one, and the focus goes to the next tag', async ({ page }) => {
  await openComfyui(page, `&asset=${oddId(MANY_TAGS_NAME)}`);
  const drawer = screen(page).drawer(MANY_TAGS_NAME);
  await drawer.getByRole('button', { name: 'Remove tag tag-01' }).click();
  await expect(drawer.getByRole('heading', { name: 'Tags (41)' })).toBeVisible();
  await expect(drawer.getByRole('button', { name: 'Remove tag tag-02' })).toBeFocused();
});

test('the drawer takes several tags off with one request', async ({ page, sent }) => {
  await openComfyui(page, `&asset=${oddId(MANY_TAGS_NAME)}`);
  const drawer = screen(page).drawer(MANY_TAGS_NAME);
  await drawer.getByRole('button', { name: 'Remove several…' }).click();
  for (const tag of ['tag-05', 'tag-09', 'tag-30']) await drawer.getByRole('checkbox', { name: tag }).check();
  await drawer.getByRole('button', { name: 'Remove 3 tags' }).click();
  await expect(screen(page).status(`3 tags removed from ${MANY_TAGS_NAME}`)).toBeVisible();
  await expect(drawer.getByRole('heading', { name: 'Tags (39)' })).toBeFocused();
  expect(sent('DELETE', /\/tags$/).map(({ body }) => body)).toEqual([
    '{"tags":["tag-05","tag-09","tag-30"]}',
  ]);
});

test('a tag that the server keeps comes back, with an alert that says why', async ({
  page,
  network,
  allowErrors,
}) => {
  allowErrors(/status of 422/);
  const { promise: refused, resolve: refuse } = later<Response>();
  network.use(http.delete('*/proxy/comfyui/api/assets/:id/tags', () => refused));
  await openComfyui(page);
  const { button, alert, row } = screen(page);
  await button(remove('portrait', PORTRAIT)).click();
  await expect(row(PORTRAIT)).not.toContainText('portrait');
  refuse(
    HttpResponse.json({ error: { code: 'RESERVED', message: 'This tag is reserved' } }, { status: 422 }),
  );
  await expect(alert).toContainText(`Tag “portrait” is still on ${PORTRAIT}`);
  await expect(alert).toContainText('This tag is reserved');
  await expect(row(PORTRAIT)).toContainText('portrait');
});

test('a root tag is asked about first, since the asset would vanish from filtered views', async ({
  page,
  sent,
}) => {
  await openComfyui(page, '&include=output');
  const { button, dialog, status, range, name } = screen(page);
  await expect(range).toHaveText('1–50 of 248');
  await button(remove('output', PORTRAIT)).click();
  await expect(dialog).toHaveAccessibleName(`Remove “output” from ${PORTRAIT}?`);
  await expect(dialog).toContainText('will vanish from views that filter by it');
  await expect(dialog).toContainText('Nothing is deleted');
  await expect(dialog.getByRole('button', { name: 'Keep' })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
  expect(sent('DELETE')).toHaveLength(0);

  await button(remove('output', PORTRAIT)).click();
  await dialog.getByRole('button', { name: 'Remove', exact: true }).click();
  await expect(status(`Tag “output” removed from ${PORTRAIT}`)).toBeVisible();
  await expect(range).toHaveText('1–50 of 247');
  // Its row left the view, with the focus on it: that goes to the row in its place.
  await expect(name(shotName(229))).toBeFocused();
});

test('tags go from several assets at once; what fails is named and can be tried again', async ({
  page,
  network,
  libraries,
  allowErrors,
}) => {
  allowErrors(/status of 500/);
  let failing = true;
  network.use(
    http.delete(`*/proxy/comfyui/api/assets/${shotId(230)}/tags`, () =>
      failing ? HttpResponse.json({ error: { message: 'Disk full' } }, { status: 500 }) : undefined,
    ),
  );
  await openComfyui(page, '&include=portrait');
  const { tick, toolbar, dialog, status } = screen(page);
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
  expect(libraries.comfyui.get(shotId(240))?.tags).not.toContain('portrait');
  failing = false;
  await dialog.getByRole('button', { name: 'Retry 1 failed' }).click();
  await expect(dialog).toHaveCount(0);
  await expect(status('Tags removed from 1 asset')).toBeVisible();
  expect(libraries.comfyui.get(shotId(230))?.tags).not.toContain('portrait');
});
