import { readFile } from 'node:fs/promises';
import { expect as baseExpect, test as base, type Download, type Page } from '@playwright/test';

import { startJobHost, type JobHost, type JobHostOptions } from './job-host';
import { screen } from './screen';

/** Hundreds of requests take their time on a busy machine. */
export const expect = baseExpect.configure({ timeout: 60_000 });

interface Hosts {
  /** A host, and so a site with a storage, of its own; it ends with the test. */
  readonly startHost: (options: JobHostOptions) => Promise<JobHost>;
  /** Lets the console say what matches; everything else it reports fails the test. */
  readonly allowErrors: (pattern: RegExp) => void;
}

/** Nothing is intercepted: the page talks to the real proxy, and that to a server of the test's own. */
export const test = base.extend<Hosts & { hosts: Hosts }>({
  hosts: [
    async ({ context }, provide) => {
      const started: JobHost[] = [];
      // Looking whether a deleted asset is gone finds that it is.
      const allowed: RegExp[] = [/status of 404 .*\/api\/assets\/[\da-f-]{36}$/];
      const problems: string[] = [];
      context.on('weberror', (error) => problems.push(`uncaught: ${String(error.error())}`));
      context.on('console', (message) => {
        if (message.type() === 'error') problems.push(`${message.text()} ${message.location().url}`);
      });
      await provide({
        startHost: async (options) => {
          const host = await startJobHost(options);
          started.push(host);
          return host;
        },
        allowErrors: (pattern) => allowed.push(pattern),
      });
      // Pages first: what is still under way would only complain that nobody answers any more.
      for (const page of context.pages()) await page.close();
      for (const host of started) host.close();
      const unexpected = problems.filter((problem) => !allowed.some((pattern) => pattern.test(problem)));
      // A job meets the same trouble thousands of times.
      expect(unexpected.slice(0, 5), 'what the browser complained about').toEqual([]);
    },
    { auto: true },
  ],
  startHost: ({ hosts }, provide) => provide(hosts.startHost),
  allowErrors: ({ hosts }, provide) => provide(hosts.allowErrors),
});

/** What people see of jobs, as locators. */
export const jobScreen = (page: Page) => {
  const strip = page.getByRole('region', { name: 'Jobs under way' });
  const outcomes = page.getByRole('group', { name: 'Show assets by outcome' });
  return {
    ...screen(page),
    strip,
    /** A button in the line under the header. */
    steer: (name: string) => strip.getByRole('button', { name, exact: true }),
    outcomes,
    outcome: (name: string) => outcomes.getByRole('button').filter({ hasText: name }),
    view: (name: string) => page.getByRole('navigation', { name: 'Views' }).getByRole('link', { name }),
    jobs: page.getByRole('table', { name: 'Jobs', exact: true }),
    jobAssets: page.getByRole('table', { name: 'Assets of this job' }),
    finalCheck: page.getByRole('region', { name: 'Final check' }),
  };
};

/** `5000` as it stands on the page: `5,000`. */
const shown = (count: number): string => count.toLocaleString('en-GB');

/** Ticks the page, and what lies beyond it where there is more. */
export async function selectAll(page: Page, count: number): Promise<void> {
  const { range, toolbar, button, status } = screen(page);
  await expect(range).toHaveText(new RegExp(`^1–\\d+ of ${shown(count)}$`));
  await page.getByRole('checkbox', { name: 'Select page' }).check();
  if (count > 20) {
    await button(`Select all ${shown(count)} matching`).click();
    await expect(status(`All ${shown(count)} matching selected`)).toBeVisible();
  }
  await expect(toolbar).toContainText(`${shown(count)} selected`);
}

/** Confirms the deletion of what is ticked, and begins, or leaves the grace to its end. @returns the list that was saved */
export async function confirmDeletion(page: Page, count: number): Promise<Download> {
  const { toolbar, dialog } = screen(page);
  await toolbar.getByRole('button', { name: 'Delete…' }).click();
  await expect(dialog).toHaveAccessibleName(`Delete ${shown(count)} assets?`);
  await dialog.getByRole('textbox', { name: `Type ${count} to confirm` }).fill(String(count));
  const [manifest] = await Promise.all([
    page.waitForEvent('download'),
    dialog.getByRole('button', { name: `Delete ${shown(count)} forever` }).click(),
  ]);
  return manifest;
}

/** Everything on the host is deleted, from the first page on. */
export async function beginDeletingAll(page: Page, url: string, count: number): Promise<void> {
  const { steer } = jobScreen(page);
  await page.goto(url);
  await selectAll(page, count);
  await confirmDeletion(page, count);
  await steer('Start now').click();
}

/** The outcome is announced. */
export const expectDone = (page: Page, text: string): Promise<void> =>
  expect(screen(page).status(text)).toBeVisible();

/** Opens the report of the newest job. */
export async function openReport(page: Page, title: string): Promise<void> {
  const { view } = jobScreen(page);
  await view('Jobs').click();
  await page
    .getByRole('button', { name: `Open report: ${title}` })
    .first()
    .click();
  await expect(page.getByRole('heading', { name: title })).toBeVisible();
}

export const expectConfirmedGone = (page: Page, count: number): Promise<void> =>
  expect(jobScreen(page).finalCheck).toContainText(`Confirmed gone: ${shown(count)} of ${shown(count)}`);

const OUTCOMES = [
  'Deleted',
  'Already gone',
  'Protected',
  'Changed',
  'Failed',
  'Unknown',
  'Not sent',
] as const;

/** Every count of a report, zeros included, and that they make up the plan. */
export async function expectOutcomes(
  page: Page,
  total: number,
  counts: Partial<Record<(typeof OUTCOMES)[number], number>>,
): Promise<void> {
  const sum = Object.values(counts).reduce((all, count) => all + count, 0);
  expect(sum, 'the counts make up the plan').toBe(total);
  await expect(jobScreen(page).outcomes.getByRole('button')).toHaveText([
    `${shown(total)} All assets`,
    ...OUTCOMES.map((outcome) => `${shown(counts[outcome] ?? 0)} ${outcome}`),
  ]);
}

/** Records of a saved CSV without line breaks or quotes in its cells, by column. */
export async function readCsv(download: Download): Promise<readonly Readonly<Record<string, string>>[]> {
  const [header = '', ...lines] = (await readFile(await download.path(), 'utf8')).trimEnd().split('\r\n');
  const columns = header.split(',');
  // A list is the only thing that is quoted here: `"[""output""]"`.
  return lines.map((line) => {
    const cells = line.replaceAll(/"[^"]*(?:""[^"]*)*"/g, (cell) => cell.replaceAll(',', ';')).split(',');
    return Object.fromEntries(columns.map((column, place) => [column, cells[place] ?? '']));
  });
}
