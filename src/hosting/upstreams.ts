import { setting, type Environment } from './environment.ts';

export interface Route {
  /** Path below the upstream's base URL; `{id}` stands for one segment. */
  readonly path: string;
  readonly methods: readonly string[];
  /** `content` is a file made by anybody; `json` is the API's own answer. */
  readonly gives: 'json' | 'content';
}

export interface Upstream {
  readonly label: string;
  /** http or https, maybe with a path; without query, hash and credentials. */
  readonly url: URL;
  /** The one request header that may carry a key to this upstream. */
  readonly keyHeader: 'x-api-key' | 'authorization' | null;
  readonly routes: readonly Route[];
}

/** Upstreams by the name they have in the proxy's path. */
export type Upstreams = ReadonlyMap<string, Upstream>;

const READ = ['GET', 'HEAD'];

const comfyRoutes: readonly Route[] = [
  { path: '/api/assets', methods: READ, gives: 'json' },
  { path: '/api/assets/{id}', methods: [...READ, 'DELETE'], gives: 'json' },
  { path: '/api/assets/{id}/tags', methods: ['POST', 'DELETE'], gives: 'json' },
  { path: '/api/assets/{id}/content', methods: READ, gives: 'content' },
  { path: '/api/tags', methods: READ, gives: 'json' },
  { path: '/api/view', methods: READ, gives: 'content' },
  { path: '/api/s/{id}', methods: READ, gives: 'content' },
  { path: '/api/user', methods: READ, gives: 'json' },
  { path: '/api/features', methods: READ, gives: 'json' },
  { path: '/api/system_stats', methods: READ, gives: 'json' },
];

const roughyRoutes: readonly Route[] = [
  { path: '/v1/assets', methods: READ, gives: 'json' },
  { path: '/v1/assets/{id}', methods: [...READ, 'DELETE'], gives: 'json' },
  ...['projects', 'cuts', 'renders'].flatMap<Route>((name) => [
    { path: `/v1/${name}`, methods: READ, gives: 'json' },
    { path: `/v1/${name}/{id}`, methods: READ, gives: 'json' },
  ]),
  { path: '/v1/credits/balance', methods: READ, gives: 'json' },
  { path: '/v1/users/me', methods: READ, gives: 'json' },
];

/** The three upstreams, each at its usual address unless the environment names another. */
export function readUpstreams(env: Environment): Upstreams {
  const at = (variable: string, usual: string) => parseBaseUrl(variable, setting(env, variable, usual));
  return new Map<string, Upstream>([
    [
      'comfy-cloud',
      {
        label: 'Comfy Cloud',
        url: at('COMFY_CLOUD_URL', 'https://cloud.comfy.org'),
        keyHeader: 'x-api-key',
        routes: comfyRoutes,
      },
    ],
    [
      'comfyui',
      {
        label: 'ComfyUI',
        url: at('COMFYUI_URL', 'http://127.0.0.1:8188'),
        keyHeader: null,
        routes: comfyRoutes,
      },
    ],
    [
      'roughy',
      {
        label: 'Roughy',
        url: at('ROUGHY_URL', 'https://roughy-api-staging.fly.dev'),
        keyHeader: 'authorization',
        routes: roughyRoutes,
      },
    ],
  ]);
}

/** The route of a path below an upstream's base URL, whatever the method. */
export function findRoute(upstream: Upstream, path: string): Route | undefined {
  const segments = path.split('/');
  return upstream.routes.find((route) => {
    const wanted = route.path.split('/');
    return wanted.length === segments.length && wanted.every((part, i) => fits(part, segments[i] ?? ''));
  });
}

const fits = (wanted: string, segment: string) => (wanted === '{id}' ? segment !== '' : wanted === segment);

function parseBaseUrl(variable: string, value: string): URL {
  const url = URL.canParse(value) ? new URL(value) : null;
  const usable =
    url !== null &&
    (url.protocol === 'http:' || url.protocol === 'https:') &&
    `${url.username}${url.password}${url.search}${url.hash}` === '';
  // The value itself is not repeated: it may hold a password.
  if (!usable)
    throw new Error(`${variable} must be an http or https URL without credentials, query or hash.`);
  return url;
}
