/** The browser reports a violation a moment after the request has failed for it. */
const REPORT_MS = 100;

interface PolicyWatch {
  /** Whether a request to this origin was held back; waits a moment for the report. */
  readonly forbade: (origin: string) => Promise<boolean>;
  readonly stop: () => void;
}

/** Notices what the page's own content security policy holds back; stop it when done. */
export function watchPolicy(): PolicyWatch {
  const blocked: string[] = [];
  let tell: () => void = () => undefined;
  const reported = new Promise<void>((resolve) => {
    tell = resolve;
  });
  const notice = ({ disposition, effectiveDirective, blockedURI }: SecurityPolicyViolationEvent): void => {
    if (disposition !== 'enforce' || effectiveDirective !== 'connect-src') return;
    blocked.push(blockedURI);
    tell();
  };
  document.addEventListener('securitypolicyviolation', notice);
  return {
    async forbade(origin) {
      await Promise.race([reported, new Promise((resolve) => setTimeout(resolve, REPORT_MS))]);
      return blocked.some((uri) => uri === origin || uri.startsWith(`${origin}/`));
    },
    stop: () => document.removeEventListener('securitypolicyviolation', notice),
  };
}
