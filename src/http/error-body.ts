import type { FieldProblem } from '@/domain/errors';
import { reveal } from '@/lib/reveal';
import { isRecord } from './is-record';
import { maskKey } from './mask-key';

/** What could be read of a failing answer's body, whatever its envelope. */
interface ErrorBody {
  readonly code: string | null;
  readonly message: string | null;
  readonly fields: readonly FieldProblem[];
  /**
   * Whether the API itself may have written it: an envelope of its own, or nothing at all. Markup, plain text and a
   * framework's bare `{detail}` come from web servers, proxies and routers.
   */
  readonly isApiAnswer: boolean;
}

const MAX_TEXT = 500;
const MAX_FIELDS = 20;
const EMPTY: ErrorBody = { code: null, message: null, fields: [], isApiAnswer: true };

/**
 * Reads any of the envelopes met so far: `{code,message}`, `{error:{…}}`, `{error_code,message}`, `{error:"…"}`,
 * `{detail:…}`, plain text, markup, nothing.
 * @param secret never to be repeated, even if the server echoes it; null when none was sent
 */
export function readErrorBody(text: string, contentType: string | null, secret: string | null): ErrorBody {
  const body = text.trim();
  if (body === '') return EMPTY;
  const clean = (value: unknown): string | null => cleanText(value, secret);
  const json = parseJson(body);
  // Some servers call everything HTML, so that JSON counts as JSON whatever its type says.
  const isMarkup = body.startsWith('<') || (json === undefined && /html|xml/i.test(contentType ?? ''));
  if (isMarkup) return { ...EMPTY, isApiAnswer: false };
  if (!isRecord(json))
    return { ...EMPTY, message: clean(typeof json === 'string' ? json : body), isApiAnswer: false };
  const error = isRecord(json['error']) ? json['error'] : json;
  const { detail } = error;
  return {
    code: clean(error['code']) ?? clean(error['error_code']),
    message: clean(error['message']) ?? clean(error['error']) ?? clean(detail),
    fields: readFields(
      [error['fields'], isRecord(error['details']) ? error['details']['errors'] : null, detail],
      clean,
    ),
    isApiAnswer: ['code', 'error_code', 'message', 'error'].some((key) => key in error),
  };
}

/** One line, without control characters, short enough to show. */
export function cleanText(value: unknown, secret: string | null): string | null {
  if (typeof value !== 'string') return null;
  // Cut before it is looked at: an answer may be long, and what it hides is written out longer.
  const line = reveal(
    maskKey(value, secret)
      .slice(0, 4 * MAX_TEXT)
      .replace(/[\p{Cc}\s]+/gu, ' ')
      .trim(),
  );
  // By character, so that an emoji at the end is not cut in half.
  const characters = Array.from(line.slice(0, 2 * MAX_TEXT));
  return line === '' ? null : characters.slice(0, MAX_TEXT).join('');
}

function readFields(lists: readonly unknown[], clean: (value: unknown) => string | null): FieldProblem[] {
  const problems: FieldProblem[] = [];
  for (const item of lists
    .flatMap((list): unknown[] => (Array.isArray(list) ? list : []))
    .slice(0, MAX_FIELDS)) {
    if (!isRecord(item)) continue;
    const field = clean(Array.isArray(item['loc']) ? item['loc'].join('.') : item['field']);
    const message = clean(item['message']) ?? clean(item['msg']);
    if (message !== null) problems.push({ field: field ?? '', message });
  }
  return problems;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
