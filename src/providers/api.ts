import { PROVIDER_NAMES } from '@/domain/connection';
import type { Connection } from '@/domain/connection';
import type { Authorization } from '@/http/exchange';
import { request } from '@/http/request';
import type { Answer, RequestOptions } from '@/http/request';
import { requestBlob } from '@/http/request-blob';
import type { PreviewScope, PreviewSource, ReadKey, RequestScope } from './provider';

type Call = Pick<RequestOptions, 'query' | 'method' | 'json' | 'timeoutMs'>;

/** One connection's address, key and name, bound to the HTTP layer. */
export interface Api {
  readonly name: string;
  readonly hasKey: () => boolean;
  call(path: readonly string[], options?: Call, scope?: RequestScope): Promise<Answer>;
  readPreview(source: PreviewSource, scope?: PreviewScope): Promise<Blob>;
}

type KeyPlacement = Pick<Authorization, 'header' | 'scheme'>;

/** Films take longer than lists. */
const PREVIEW_TIMEOUT_MS = 120_000;

/** @param placement where the key goes; null for a provider that has none */
export function createApi(connection: Connection, readKey: ReadKey, placement: KeyPlacement | null): Api {
  const name = PROVIDER_NAMES[connection.kind];
  const auth = (): Authorization | null => {
    const key = placement === null ? '' : (readKey()?.trim() ?? '');
    return placement === null || key === '' ? null : { ...placement, key };
  };
  return {
    name,
    hasKey: () => auth() !== null,
    call: (path, options, scope) =>
      request({
        ...options,
        provider: name,
        baseUrl: connection.baseUrl,
        path,
        auth: auth(),
        timeoutMs: options?.timeoutMs ?? scope?.timeoutMs,
        signal: scope?.signal,
      }),
    readPreview(source, scope) {
      // Whatever a source claims, the key goes nowhere but to the connection's own address.
      const mayHaveKey = source.type === 'authenticated' && source.url.startsWith(`${connection.baseUrl}/`);
      return requestBlob({
        url: source.url,
        provider: name,
        auth: mayHaveKey ? auth() : null,
        timeoutMs: PREVIEW_TIMEOUT_MS,
        maxBytes: scope?.maxBytes,
        fresh: scope?.fresh,
        signal: scope?.signal,
      });
    },
  };
}
