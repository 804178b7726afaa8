import { expect, test } from './fixtures';

/* Whatever the content security policy forbids fails a test: these plant something, and would pass without the watch. */

const plants: Readonly<Record<string, { readonly plant: () => void; readonly heard: RegExp }>> = {
  'an inline script': {
    plant: () => {
      const script = document.createElement('script');
      script.append('document.title = "planted"');
      document.body.append(script);
    },
    heard: /^forbidden: (?:require-trusted-types-for|script-src-elem)/,
  },
  'an inline style': {
    plant: () => {
      document.body.setAttribute('style', 'color: red');
    },
    heard: /^forbidden: style-src-attr inline/,
  },
  'markup from a text': {
    plant: () => {
      try {
        document.body.innerHTML = '<img src=x onerror=alert(1)>';
      } catch {
        // A page may swallow what it was refused; the report comes all the same.
      }
    },
    heard: /^forbidden: require-trusted-types-for trusted-types-sink Element innerHTML/,
  },
  'a policy that vouches for anything': {
    plant: () => {
      try {
        window.trustedTypes?.createPolicy('planted', { createScriptURL: (url) => url });
      } catch {
        // As above.
      }
    },
    heard: /^forbidden: trusted-types trusted-types-policy planted/,
  },
  'a request to another host': {
    plant: () => void fetch('https://elsewhere.example/').catch(() => undefined),
    heard: /^forbidden: connect-src https:\/\/elsewhere\.example/,
  },
};

/** Any page of the site: nothing needs to be read for this one. */
const PAGE = './?connection=comfyui&view=connections';

test('whatever the policy forbids is forbidden, and heard of', async ({ page, allowErrors, problems }) => {
  await page.goto(PAGE);
  await expect(page.getByRole('heading', { name: 'Connections' })).toBeVisible();
  expect(problems()).toEqual([]);
  for (const [what, { plant, heard }] of Object.entries(plants)) {
    await test.step(what, async () => {
      const before = problems().length;
      await page.evaluate(plant);
      await expect
        .poll(() =>
          problems()
            .slice(before)
            .filter((problem) => heard.test(problem)),
        )
        .not.toEqual([]);
      await expect(page).not.toHaveTitle('planted');
    });
  }
  allowErrors(/./);
});

test('a test in which something forbidden happens fails', async ({ page }) => {
  test.fail();
  await page.goto(PAGE);
  await expect(page.getByRole('heading', { name: 'Connections' })).toBeVisible();
  await page.evaluate(() => void fetch('https://elsewhere.example/').catch(() => undefined));
});
