import type { Connection, ProviderKind } from '@/domain/connection';
import { isLoopback, isSameOrigin } from './where';

/** What the server of `npm start` calls each upstream, and where it looks for it unless told otherwise. */
const UPSTREAMS: Readonly<Record<ProviderKind, { readonly variable: string; readonly usual: string }>> = {
  'comfy-cloud': { variable: 'COMFY_CLOUD_URL', usual: 'https://cloud.comfy.org' },
  comfyui: { variable: 'COMFYUI_URL', usual: 'http://127.0.0.1:8188' },
  roughy: { variable: 'ROUGHY_URL', usual: 'https://roughy-api-staging.fly.dev' },
};

/** Starts a ComfyUI that the page at this address may use. */
export function comfyuiCommand(connection: Connection, pageUrl: string): string {
  const { port, protocol } = new URL(connection.baseUrl);
  const isSame = isSameOrigin(connection, pageUrl);
  // With https, or behind this page's own host, a proxy stands in front, and its address says nothing about ComfyUI's.
  const isDirect = protocol === 'http:' && !isSame;
  return [
    'python main.py --enable-assets',
    isSame ? '' : `--enable-cors-header ${new URL(pageUrl).origin}`,
    isDirect && !isLoopback(connection.baseUrl) ? '--listen' : '',
    isDirect && port !== '8188' ? `--port ${port === '' ? '80' : port}` : '',
  ]
    .filter((part) => part !== '')
    .join(' ');
}

/** Starts Winnow with its proxy in front of this connection's server. */
export function winnowCommand({ kind, baseUrl }: Connection, pageUrl: string): string {
  const { variable, usual } = UPSTREAMS[kind];
  const isUsual = baseUrl === usual || new URL(baseUrl).origin === new URL(pageUrl).origin;
  return isUsual ? 'npm start' : `${variable}=${baseUrl} npm start`;
}

/** Tells the running proxy of Winnow another upstream. */
export const upstreamCommand = (kind: ProviderKind): string =>
  `${UPSTREAMS[kind].variable}=${kind === 'comfyui' ? 'http://192.168.1.20:8188' : UPSTREAMS[kind].usual} npm start`;

/** What proves, on the machine of the proxy, that the upstream answers there. */
export const curlCommand = (kind: ProviderKind): string =>
  `curl -i ${UPSTREAMS[kind].usual}/${kind === 'roughy' ? 'v1/credits/balance' : 'api/features'}`;
