import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

import type { Page } from '@playwright/test';
import type axe from 'axe-core';

const SOURCE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/**
 * What axe finds on the page as it is. Its engine goes into a page once; `@axe-core/playwright` sends it anew several
 * times for each look, which takes longer than the look.
 * @param colorScheme the other theme changes colours and nothing else: in dark only these are looked at
 */
export async function findBarriers(page: Page, colorScheme: 'light' | 'dark') {
  const isFirst = !(await page.evaluate(() => 'axe' in window));
  if (isFirst) await page.evaluate(SOURCE);
  return page.evaluate(
    async ({ tags, isDark, isFirstLook }) => {
      const { axe: engine } = window as unknown as { axe: typeof axe };
      // Behind a modal dialog the page is out of reach, its heading and landmarks with it.
      const isModal = document.querySelector('[data-aria-hidden]') !== null;
      const off = isModal ? ['landmark-one-main', 'page-has-heading-one'] : [];
      const { violations } = await engine.run({
        resultTypes: ['violations'],
        preload: isFirstLook || (!isDark && { assets: ['media'] }),
        ...(isDark
          ? { runOnly: { type: 'rule', values: ['color-contrast', 'link-in-text-block'] } }
          : {
              runOnly: { type: 'tag', values: tags },
              rules: Object.fromEntries(off.map((rule) => [rule, { enabled: false }])),
            }),
      });
      return violations.map(({ id, nodes }) => ({
        rule: id,
        at: nodes.map(({ html, failureSummary }) => `${html} ${failureSummary ?? ''}`),
      }));
    },
    // Style sheets are read for one rule, which locks no orientation; they are the same at every look.
    { tags: TAGS, isDark: colorScheme === 'dark', isFirstLook: isFirst },
  );
}
