import type { BrowserContext } from '@playwright/test';

/**
 * Reports whatever a content security policy forbids in any page of a context. The console tells of most of it as well;
 * this also hears of what a page swallows.
 */
export async function watchViolations(
  context: BrowserContext,
  report: (problem: string) => void,
): Promise<void> {
  await context.exposeBinding('reportViolation', (_source, what: string) => report(`forbidden: ${what}`));
  await context.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI, sample }) => {
      const { reportViolation } = window as unknown as { reportViolation: (what: string) => void };
      reportViolation(`${effectiveDirective} ${blockedURI} ${sample}`.trim());
    });
  });
}
