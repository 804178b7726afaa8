import type { Connection } from '@/domain/connection';
import { isRecord } from '@/http/is-record';
import type { RequestScope } from '../provider';
import { findListener } from './better-address';
import type { Diagnosis } from './diagnosis';
import { answersAtAll, readWithoutKey } from './probe';
import { isLoopback, isMixedContent, isSameOrigin } from './where';

interface Circumstances {
  readonly pageUrl: string;
  readonly keyWasSent: boolean;
  /** Whether the page's own policy held a request to this origin back. */
  readonly policyForbade: (origin: string) => Promise<boolean>;
}

/** Why a request got no answer that this page may see: the browser does not say, so it is asked in other ways. */
export async function whyNoAnswer(
  connection: Connection,
  { pageUrl, keyWasSent, policyForbade }: Circumstances,
  scope: RequestScope,
): Promise<Diagnosis> {
  const { kind, baseUrl } = connection;
  const readable = await readWithoutKey(kind, baseUrl, scope);
  if (await policyForbade(new URL(baseUrl).origin)) return { verdict: 'csp-blocked' };
  if (readable === 'redirect') return { verdict: 'redirected' };
  if (readable !== 'nothing') {
    return keyWasSent && !isSameOrigin(connection, pageUrl)
      ? { verdict: 'key-header-refused', isComfyui: kind === 'comfy-cloud' && isComfyui(readable.body) }
      : { verdict: 'hidden-failure' };
  }
  if (!isSameOrigin(connection, pageUrl) && (await answersAtAll(kind, baseUrl, scope)))
    return { verdict: 'cors-blocked' };
  if (!navigator.onLine && !isLoopback(baseUrl)) return { verdict: 'offline' };
  if (isMixedContent(connection, pageUrl)) return { verdict: 'mixed-content' };
  return { verdict: 'nothing-answers', suggestion: await findListener(connection, pageUrl, scope) };
}

const isComfyui = (features: unknown): boolean =>
  isRecord(features) && ('supports_preview_metadata' in features || 'assets' in features);
