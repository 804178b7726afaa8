import type { Locator, Page } from '@playwright/test';

import { CLOUD_KEY } from './fixtures';

/** What people see and name, as locators. */
export const screen = (page: Page) => {
  const table = page.getByRole('table', { name: 'Assets', exact: true });
  const row = (name: string): Locator =>
    table.getByRole('row').filter({ has: page.getByRole('link', { name, exact: true }) });
  return {
    table,
    row,
    /** Rows of assets, without the header. */
    rows: table.locator('tbody').getByRole('row'),
    firstName: table.getByRole('link').first(),
    name: (name: string) => table.getByRole('link', { name, exact: true }),
    tick: (name: string) => page.getByRole('checkbox', { name: `Select ${name}`, exact: true }),
    header: (name: string) => table.getByRole('columnheader', { name, exact: true }),
    /** "1–50 of 260" */
    range: page.getByRole('navigation', { name: 'Pages' }).getByRole('status'),
    status: (text: string | RegExp) => page.getByRole('status').filter({ hasText: text }),
    alert: page.getByRole('alert').filter({ hasText: /\S/ }),
    drawer: (name: string) => page.getByRole('complementary', { name, exact: true }),
    dialog: page.getByRole('alertdialog'),
    toolbar: page.getByRole('toolbar', { name: 'Selection' }),
    /** Jobs that go on without a dialog, under the header of every page. */
    strip: page.getByRole('region', { name: 'Jobs under way' }),
    view: (name: string) => page.getByRole('navigation', { name: 'Views' }).getByRole('link', { name }),
    chips: page.getByRole('list', { name: 'Active filters' }).getByRole('listitem'),
    search: page.getByRole('searchbox', { name: 'Search by name' }),
    button: (name: string) => page.getByRole('button', { name, exact: true }),
  };
};

export const openComfyui = async (page: Page, query = ''): Promise<void> => {
  await page.goto(`./?connection=comfyui${query}`);
};

/** Leads to another address without another page, as Back and Forward do. */
export const goTo = (page: Page, url: string): Promise<void> =>
  page.evaluate((to) => {
    history.pushState(null, '', to);
    dispatchEvent(new PopStateEvent('popstate'));
  }, url);

export const enterKey = async (page: Page, key: string): Promise<void> => {
  await page.getByLabel('API key').fill(key);
  await page.getByLabel('API key').press('Enter');
};

export const openCloud = async (page: Page, query = ''): Promise<void> => {
  await page.goto(`./?connection=comfy-cloud${query}`);
  await enterKey(page, CLOUD_KEY);
};

/** Ticks a page of 50 and confirms that it goes: a job then goes on without the dialog. */
export const deleteFifty = async (page: Page): Promise<void> => {
  const { toolbar, dialog } = screen(page);
  await page.getByRole('checkbox', { name: 'Select page' }).check();
  await toolbar.getByRole('button', { name: 'Delete…' }).click();
  await dialog.getByRole('textbox', { name: 'Type 50 to confirm' }).fill('50');
  await dialog.getByRole('button', { name: 'Delete 50 forever' }).click();
  await dialog.waitFor({ state: 'detached' });
};
