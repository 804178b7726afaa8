/** Notices what the page's own content security policy holds back; stop it when done. */
export function watchPolicy(): { readonly forbade: (origin: string) => boolean; readonly stop: () => void } {
  const blocked: string[] = [];
  const notice = ({ disposition, effectiveDirective, blockedURI }: SecurityPolicyViolationEvent): void => {
    if (disposition === 'enforce' && effectiveDirective === 'connect-src') blocked.push(blockedURI);
  };
  document.addEventListener('securitypolicyviolation', notice);
  return {
    forbade: (origin) => blocked.some((uri) => uri === origin || uri.startsWith(`${origin}/`)),
    stop: () => document.removeEventListener('securitypolicyviolation', notice),
  };
}
