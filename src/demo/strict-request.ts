import type { FieldProblem } from '@/domain/errors';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

export const isUuid = (text: string): boolean => UUID.test(text);

export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isStringArray = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every((item) => typeof item === 'string');

/** Undefined when the text is not JSON. */
export function parseJson(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return value;
  } catch {
    return undefined;
  }
}

/**
 * Reads a query string and collects everything a careful server could object to: real servers let
 * some of it pass in silence, which is exactly how a client's mistakes stay hidden.
 */
export class StrictQuery {
  readonly problems: FieldProblem[] = [];
  readonly #values = new Map<string, string>();

  constructor(url: string, allowed: readonly string[]) {
    const parameters = new URL(url).searchParams;
    for (const name of new Set(parameters.keys())) {
      const [value = '', ...repeats] = parameters.getAll(name);
      if (!allowed.includes(name)) this.#object(name, 'is not a parameter of this endpoint');
      else if (repeats.length > 0) this.#object(name, `was sent ${repeats.length + 1} times`);
      else if (value === '') this.#object(name, 'is empty; leave it out instead');
      else this.#values.set(name, value);
    }
  }

  text(name: string): string | null {
    return this.#values.get(name) ?? null;
  }

  integer(name: string, { min, max, fallback }: { min: number; max?: number; fallback: number }): number {
    const raw = this.#values.get(name);
    if (raw === undefined) return fallback;
    const value = Number(raw);
    if (!/^-?\d+$/.test(raw) || !Number.isSafeInteger(value))
      return this.#reject(name, 'must be an integer', fallback);
    if (value < min) return this.#reject(name, `must be at least ${min}`, fallback);
    if (max !== undefined && value > max) return this.#reject(name, `must be at most ${max}`, fallback);
    return value;
  }

  oneOf<T extends string, F>(name: string, choices: readonly T[], fallback: F): T | F {
    const raw = this.#values.get(name);
    if (raw === undefined) return fallback;
    const choice = choices.find((candidate) => candidate === raw);
    return choice ?? this.#reject(name, `must be one of ${choices.join(', ')}`, fallback);
  }

  boolean(name: string, fallback: boolean): boolean {
    const raw = this.oneOf(name, ['true', 'false'], null);
    return raw === null ? fallback : raw === 'true';
  }

  commaList(name: string): readonly string[] {
    const items = this.#values.get(name)?.split(',') ?? [];
    return items.includes('') ? this.#reject(name, 'has an empty item', []) : items;
  }

  uuid(name: string): string | null {
    const raw = this.#values.get(name);
    if (raw === undefined) return null;
    return isUuid(raw) ? raw.toLowerCase() : this.#reject(name, 'must be a UUID', null);
  }

  jsonObject(name: string): Readonly<Record<string, unknown>> | null {
    const raw = this.#values.get(name);
    if (raw === undefined) return null;
    const value = parseJson(raw);
    return isRecord(value) ? value : this.#reject(name, 'must be a JSON object', null);
  }

  /** Objects to what a parameter alone cannot tell. */
  reject(name: string, message: string): void {
    this.#object(name, message);
  }

  #reject<F>(name: string, message: string, fallback: F): F {
    this.#object(name, message);
    return fallback;
  }

  #object(field: string, message: string): void {
    this.problems.push({ field, message });
  }
}

/** The tags of a `{ "tags": [...] }` body, or the reason why it is not one. */
export async function readTagsBody(request: Request): Promise<readonly string[] | FieldProblem> {
  const contentType = request.headers.get('content-type') ?? '';
  if (!/^application\/json\b/i.test(contentType)) {
    return { field: 'content-type', message: `must be application/json, not ${contentType || 'absent'}` };
  }
  const body = parseJson(await request.text());
  if (!isRecord(body)) return { field: 'body', message: 'must be a JSON object' };
  const extra = Object.keys(body).find((key) => key !== 'tags');
  if (extra !== undefined) return { field: extra, message: 'is not part of this body' };
  const tags = body['tags'];
  if (!isStringArray(tags)) return { field: 'tags', message: 'must be an array of strings' };
  if (tags.length === 0) return { field: 'tags', message: 'must hold at least one tag' };
  const stripped = tags.map((tag) => tag.trim());
  return stripped.includes('') ? { field: 'tags', message: 'must not hold blank tags' } : stripped;
}

/** What is wrong with a request that should carry neither query nor body; null when nothing is. */
export async function findExcess(request: Request): Promise<FieldProblem | null> {
  const [problem] = new StrictQuery(request.url, []).problems;
  if (problem !== undefined) return problem;
  if (request.method === 'GET') return null;
  return (await request.text()) === '' ? null : { field: 'body', message: 'must be absent' };
}
