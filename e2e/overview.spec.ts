import { expect, test } from './fixtures';
import { openComfyui, screen } from './screen';

/** `1,204` of `1,204 assets, up to …`. */
const countIn = (text: string | null): string => /[\d,]+(?= assets?)/.exec(text ?? '')?.[0] ?? 'no count';

test('over one index: what a library holds, what it costs, and what is large and cold', async ({
  page,
  axe,
  sent,
}) => {
  const { range, toolbar, view, button } = screen(page);
  const resize = (width: number, height: number) => page.setViewportSize({ width, height });
  const overflow = () => page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);

  await test.step('the overview leads from each of its parts to the table with just these', async () => {
    await openComfyui(page, '&view=overview');
    await button('Build the index').click();
    await expect(page.getByRole('heading', { name: 'By kind' })).toBeVisible();
    await expect(page.getByRole('progressbar')).toHaveCount(0);
    const images = page
      .getByRole('table', { name: 'Assets by kind' })
      .getByRole('row')
      .filter({ has: page.getByRole('link', { name: 'Image', exact: true }) });
    const count = await images.getByRole('cell').first().textContent();
    await axe();
    await images.getByRole('link').click();
    await expect(range).toHaveText(`1–50 of ${String(count)}`);
    await page.goBack();

    // By keyboard alone: one stop of Tab for a picture, arrows inside it, Enter follows.
    const areas = page.getByRole('group', { name: 'Treemap' }).getByRole('link');
    await page.getByRole('combobox', { name: 'Kinds divided by' }).focus();
    await page.keyboard.press('Tab');
    await expect(areas.first()).toBeFocused();
    await page.keyboard.press('ArrowRight');
    await expect(areas.nth(1)).toBeFocused();
    const area = countIn(await areas.nth(1).getAttribute('aria-label'));
    await page.keyboard.press('Enter');
    await expect(range).toHaveText(new RegExp(`of ${area}$`));
    await page.goBack();

    const bar = page.getByRole('group', { name: 'Chart of months' }).getByRole('link').last();
    await bar.focus();
    const month = countIn(await bar.getAttribute('aria-label'));
    await page.keyboard.press('Enter');
    await expect(range).toHaveText(new RegExp(`of ${month}$`));
    await page.goBack();
  });

  await test.step('a price turns bytes into money, is kept in this browser, and asks nobody', async () => {
    const price = page.getByRole('textbox', { name: 'Price per GB and month' });
    await expect(price).toBeVisible();
    await expect(page.getByText('At your price')).toHaveCount(0);
    const before = sent().length;
    await price.fill('250');
    await expect(page.getByText(/At your price that is up to US\$[\d,.]+ a month\./)).toBeVisible();
    expect(sent()).toHaveLength(before);
    await page.reload();
    await expect(page.getByText(/At your price that is up to US\$/)).toBeVisible();
    await price.fill('');
    await expect(page.getByText('At your price')).toHaveCount(0);
  });

  await test.step('the overview is read on a phone without scrolling sideways', async () => {
    await resize(390, 844);
    await expect(page.getByRole('group', { name: 'Treemap' })).toBeInViewport({ ratio: 0.01 });
    await expect.poll(overflow).toBeLessThanOrEqual(0);
  });

  await test.step('so is what is large and cold', async () => {
    await view('Large and cold').click();
    await expect(page.getByRole('heading', { name: 'What the largest hold' })).toBeVisible();
    const plot = page.getByRole('img', { name: /^Size against days without use/ });
    await plot.scrollIntoViewIfNeeded();
    const box = await plot.boundingBox();
    expect((box?.x ?? 0) + (box?.width ?? 999)).toBeLessThanOrEqual(390);
    expect(await overflow()).toBeLessThanOrEqual(0);
    await resize(1280, 720);
  });

  await test.step('what is large and cold is cut off by keyboard, selected, and shown in the table', async () => {
    await axe();
    await page.getByRole('slider', { name: 'At least this large' }).focus();
    await page.keyboard.press('Home');
    await page.getByRole('slider', { name: 'Not used for' }).focus();
    await page.keyboard.press('Home');
    await page.keyboard.press('ArrowRight');
    await expect(page.getByRole('slider', { name: 'Not used for' })).toHaveAttribute(
      'aria-valuetext',
      '1 day',
    );
    const said = page.getByRole('region', { name: 'Size against time without use' }).getByRole('status');
    const count = countIn(await said.textContent());
    const select = page.getByRole('button', { name: /^Select these/ });
    const selectable = (await select.textContent())?.replace('Select these ', '') ?? '';
    await select.click();
    await expect(toolbar).toContainText(`${selectable} selected`);
    await page.getByRole('link', { name: 'Show them in the table' }).click();
    await expect(range).toHaveText(new RegExp(`of ${count}$`));
    await expect(toolbar).toContainText(`${selectable} selected`);
  });
});
