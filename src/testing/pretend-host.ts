import type { Asset } from '@/domain/asset';
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
import type { AssetProvider, DeletionOutcome } from '@/providers/provider';

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
export type Ending = 'truth' | Failure | 'network, but done' | 'timeout, but done';

export interface Step {
  readonly ending: Ending;
  /** Milliseconds until then. */
  readonly after: number;
}

export interface Sent {
  readonly verb: 'DELETE' | 'GET';
  readonly id: string;
  readonly ending: Ending;
  readonly at: number;
  /** When the answer came, and how many requests had been sent until then. */
  answered: { readonly at: number; readonly sentBefore: number } | null;
}

const TRUTHFUL: Step = { ending: 'truth', after: 10 };

/** A provider whose every answer is scripted: per verb and id the steps in order, then the truth. */
export class PretendHost {
  readonly sent: Sent[] = [];
  readonly assets: Set<string>;
  mostInFlight = 0;
  #inFlight = 0;
  readonly #script: Map<string, Step[]>;

  constructor(ids: readonly string[], script: Readonly<Record<string, readonly Step[]>> = {}) {
    this.assets = new Set(ids);
    this.#script = new Map(Object.entries(script).map(([request, steps]) => [request, [...steps]]));
  }

  requests(verb: Sent['verb'], id?: string): readonly Sent[] {
    return this.sent.filter((sent) => sent.verb === verb && (id === undefined || sent.id === id));
  }

  readonly provider: AssetProvider = {
    connection: {
      id: 'pretend',
      kind: 'comfy-cloud',
      label: 'Pretend',
      baseUrl: 'https://host.test',
      demo: false,
    },
    sortableBy: [],
    filters: new Set(),
    maxPageSize: 500,
    deletionAlsoRemoves: [],
    deletionNote: '',
    deleteAsset: (id) => this.#answer('DELETE', id, () => this.#delete(id)),
    getAsset: (id) => this.#answer('GET', id, () => this.#get(id)),
    listAssets: () => Promise.reject(new Error('Nobody lists while deleting')),
    check: () => Promise.resolve({ summary: '' }),
    previewSource: () => null,
    readPreview: () => Promise.resolve(new Blob()),
  };

  #delete(id: string): DeletionOutcome {
    return this.assets.delete(id) ? 'deleted' : 'already-gone';
  }

  #get(id: string): Asset {
    if (this.assets.has(id)) return anAsset({ id });
    throw new NotFoundError('Gone', { ...details(404), fromApi: true }, CONTEXT);
  }

  async #answer<T>(verb: Sent['verb'], id: string, truth: () => T): Promise<T> {
    const { ending, after } = this.#script.get(`${verb} ${id}`)?.shift() ?? TRUTHFUL;
    const sent: Sent = { verb, id, ending, at: Date.now(), answered: null };
    this.sent.push(sent);
    this.#inFlight += 1;
    this.mostInFlight = Math.max(this.mostInFlight, this.#inFlight);
    await new Promise((resolve) => setTimeout(resolve, after));
    this.#inFlight -= 1;
    sent.answered = { at: Date.now(), sentBefore: this.sent.length };
    if (ending === 'truth') return truth();
    const [failure, done] = ending.split(', ') as [Failure, string | undefined];
    if (done !== undefined) truth();
    throw ANSWERS[failure]();
  }
}
