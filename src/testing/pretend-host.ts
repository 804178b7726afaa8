import type { Asset, AssetPage } from '@/domain/asset';
import type { AssetQuery } from '@/domain/asset-query';
import {
  ConflictError,
  ForbiddenError,
  InvalidRequestError,
  NetworkError,
  NotFoundError,
  RateLimitedError,
  ServerError,
  TimeoutError,
  UnauthorizedError,
  WrongShapeError,
} from '@/domain/errors';
import type { AssetProvider, DeletionOutcome, TagChange } from '@/providers/provider';

import { anAsset } from './assets';

const CONTEXT = { provider: 'Pretend', requestId: null };
const details = (status: number, code: string | null = null) => ({ status, code });

const ANSWERS = {
  conflict: () => new ConflictError('In use', { ...details(409), retryAfterMs: null }, CONTEXT),
  busy: () => new ConflictError('Busy', { ...details(409), retryAfterMs: 1_000 }, CONTEXT),
  invalid: () => new InvalidRequestError('Not so', { ...details(422), fields: [] }, CONTEXT),
  limited: () => new RateLimitedError('Slow down', { ...details(429), retryAfterMs: null }, CONTEXT),
  'limited for 7 s': () =>
    new RateLimitedError('Slow down', { ...details(429), retryAfterMs: 7_000 }, CONTEXT),
  'limited for 90 s': () =>
    new RateLimitedError('Slow down', { ...details(429), retryAfterMs: 90_000 }, CONTEXT),
  failing: () => new ServerError('Sorry', { ...details(500), retryAfterMs: null }, CONTEXT),
  'not implemented': () => new ServerError('Never', { ...details(501), retryAfterMs: null }, CONTEXT),
  'failing for an hour': () =>
    new ServerError('Sorry', { ...details(503), retryAfterMs: 3_600_000 }, CONTEXT),
  network: () => new NetworkError('No answer', CONTEXT),
  timeout: () => new TimeoutError(30_000, CONTEXT),
  unauthorized: () => new UnauthorizedError('Who?', details(401), CONTEXT),
  forbidden: () => new ForbiddenError('No', details(403), CONTEXT),
  'a web server’s 404': () => new NotFoundError('Not found', { ...details(404), fromApi: false }, CONTEXT),
  'a wrong shape': () => new WrongShapeError('size', 'not a number', CONTEXT),
  'a bug': () => new TypeError('undefined is not a function'),
} as const;

type Failure = keyof typeof ANSWERS;

/** How a request ends: as the host truly is, with a failure, or with a failure after the host did it all the same. */
export type Ending =
  | 'truth'
  | Failure
  | 'network, but done'
  | 'timeout, but done'
  | 'failing, but done'
  | 'a wrong shape, but done';

export interface Step {
  readonly ending: Ending;
  /** Milliseconds until then. */
  readonly after: number;
}

export type Verb = 'DELETE' | 'GET' | 'LIST' | 'UNTAG' | 'TAG' | 'READ';

export interface Sent {
  readonly verb: Verb;
  /** Of the asset; empty for a list. */
  readonly id: string;
  readonly ending: Ending;
  readonly at: number;
  /** When the answer came, and how many requests had been sent until then. */
  answered: { readonly at: number; readonly sentBefore: number } | null;
}

const TRUTHFUL: Step = { ending: 'truth', after: 10 };

export interface HostOptions {
  /** @default none: nothing but newest first */
  readonly sortableBy?: AssetProvider['sortableBy'];
  /** @default 500 */
  readonly maxPageSize?: number;
  /** How a request without a script ends. @default the truth, after 10 ms */
  readonly otherwise?: (verb: Verb, id: string) => Step;
  /** The stored bytes of an asset, at the moment of asking. @default none has a preview */
  readonly contentOf?: (id: string) => Blob;
  /** At the moment of sending; the request itself counts as in flight. */
  readonly onSend?: (sent: Sent, inFlight: number) => void;
}

/** A provider whose every answer is scripted: per verb and id the steps in order, then the truth. */
export class PretendHost {
  readonly sent: Sent[] = [];
  /** Everything that the host has, by id. */
  readonly records: Map<string, Asset>;
  mostInFlight = 0;
  #inFlight = 0;
  readonly #script: Map<string, Step[]>;
  readonly #options: HostOptions;

  constructor(
    assets: readonly (string | Asset)[],
    script: Readonly<Record<string, readonly Step[]>> = {},
    options: HostOptions = {},
  ) {
    const records = assets.map((asset) => (typeof asset === 'string' ? anAsset({ id: asset }) : asset));
    this.records = new Map(records.map((asset) => [asset.id, asset]));
    this.#script = new Map(Object.entries(script).map(([request, steps]) => [request, [...steps]]));
    this.#options = options;
    this.provider = this.#makeProvider(options);
  }

  readonly provider: Required<Pick<AssetProvider, 'removeTags' | 'addTags'>> & AssetProvider;

  get assets(): ReadonlySet<string> {
    return new Set(this.records.keys());
  }

  requests(verb: Sent['verb'], id?: string): readonly Sent[] {
    return this.sent.filter((sent) => sent.verb === verb && (id === undefined || sent.id === id));
  }

  #makeProvider = ({
    sortableBy = [],
    maxPageSize = 500,
    contentOf,
  }: HostOptions): PretendHost['provider'] => ({
    connection: {
      id: 'pretend',
      kind: 'comfy-cloud',
      label: 'Pretend',
      baseUrl: 'https://host.test',
      demo: false,
    },
    sortableBy,
    filters: new Set(),
    maxPageSize,
    deletionAlsoRemoves: [],
    deletionNote: '',
    deleteAsset: (id) => this.#answer('DELETE', id, () => this.#delete(id)),
    getAsset: (id) => this.#answer('GET', id, () => this.#get(id)),
    listAssets: (query) => this.#answer('LIST', '', () => this.#list(query)),
    removeTags: (id, tags) =>
      this.#answer('UNTAG', id, () =>
        this.#tag(
          id,
          tags,
          (has) => has,
          (now) => now.filter((tag) => !tags.includes(tag)),
        ),
      ),
    addTags: (id, tags) =>
      this.#answer('TAG', id, () =>
        this.#tag(
          id,
          tags,
          (has) => !has,
          (now) => [...new Set([...now, ...tags])],
        ),
      ),
    check: () =>
      Promise.resolve({ account: null, credits: null, assetCount: null, version: null, features: [] }),
    previewSource: ({ preview }) =>
      contentOf === undefined || preview === null ? null : { type: 'authenticated', url: preview.url },
    readPreview: ({ url }) => this.#answer('READ', url, () => contentOf?.(url) ?? new Blob()),
  });

  #delete(id: string): DeletionOutcome {
    return this.records.delete(id) ? 'deleted' : 'already-gone';
  }

  #get(id: string): Asset {
    const asset = this.records.get(id);
    if (asset !== undefined) return asset;
    throw new NotFoundError('Gone', { ...details(404), fromApi: true }, CONTEXT);
  }

  #list({ page, pageSize, order }: AssetQuery): AssetPage {
    const sign = order === 'asc' ? 1 : -1;
    const all = [...this.records.values()].sort(
      (a, b) => sign * (Date.parse(a.createdAt) - Date.parse(b.createdAt) || (a.id < b.id ? -1 : 1)),
    );
    const end = page * pageSize;
    return {
      rows: all.slice(end - pageSize, end),
      total: all.length,
      hasMore: end < all.length,
      nextCursor: null,
    };
  }

  #tag(
    id: string,
    tags: readonly string[],
    changes: (has: boolean) => boolean,
    change: (now: readonly string[]) => readonly string[],
  ): TagChange {
    const asset = this.#get(id);
    const now = { ...asset, tags: change(asset.tags) };
    this.records.set(id, now);
    return {
      totalTags: now.tags,
      changed: tags.filter((tag) => changes(asset.tags.includes(tag))),
      unchanged: tags.filter((tag) => !changes(asset.tags.includes(tag))),
    };
  }

  async #answer<T>(verb: Verb, id: string, truth: () => T): Promise<T> {
    const scripted = this.#script.get(`${verb} ${id}`.trim())?.shift();
    const { ending, after } = scripted ?? this.#options.otherwise?.(verb, id) ?? TRUTHFUL;
    const sent: Sent = { verb, id, ending, at: Date.now(), answered: null };
    this.sent.push(sent);
    this.#inFlight += 1;
    this.mostInFlight = Math.max(this.mostInFlight, this.#inFlight);
    this.#options.onSend?.(sent, this.#inFlight);
    await new Promise((resolve) => setTimeout(resolve, after));
    this.#inFlight -= 1;
    sent.answered = { at: Date.now(), sentBefore: this.sent.length };
    if (ending === 'truth') return truth();
    const [failure, done] = ending.split(', ') as [Failure, string | undefined];
    if (done !== undefined) truth();
    throw ANSWERS[failure]();
  }
}
